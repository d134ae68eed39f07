interface Json {
  readonly json?: boolean;
}

export interface Show extends Json {
  readonly at?: string;
  readonly week?: boolean;
}

export interface Check extends Json {
  readonly days?: string;
}

export interface Swap extends Json {
  readonly at?: string;
  readonly for: string;
}

export interface Override extends Json {
  readonly from: string;
  readonly to: string;
  readonly instead?: string;
}

export interface Handover extends Json {
  readonly at?: string;
}
