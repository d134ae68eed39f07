/** What a record itself holds under a key that somebody wrote; never what every object inherits, such as "constructor". */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
