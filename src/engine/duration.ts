import proto from '@temporalio/proto';
import type { google } from '@temporalio/proto';

const { Duration, Timestamp } = proto.google.protobuf;

/** Milliseconds as the engine's duration. */
export function duration(ms: number): google.protobuf.IDuration {
  const seconds = Math.floor(ms / 1000);
  return Duration.fromObject({ seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) });
}

/** The engine's duration or timestamp as milliseconds (since 1970, for a timestamp). Fractions are kept. */
export function milliseconds(value: google.protobuf.IDuration | google.protobuf.ITimestamp | null | undefined): number {
  return Number(value?.seconds ?? 0) * 1000 + (value?.nanos ?? 0) / 1e6;
}

/** Milliseconds since 1970 as the engine's timestamp. */
export function timestamp(ms: number): google.protobuf.ITimestamp {
  const seconds = Math.floor(ms / 1000);
  return Timestamp.fromObject({ seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) });
}
