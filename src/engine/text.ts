/** One message in both languages of the product. */
export type Text = { readonly zh: string; readonly en: string };

/** Receives one line for people, in English and in Chinese. */
export type Progress = (en: string, zh: string) => void;

/** Elapsed time for people, such as `1m 20s`. */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
}
