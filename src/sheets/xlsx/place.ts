/** A place in a sheet: the row counted from 1, the column from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Reads `AB12`. Undefined where it is none. */
export function placeOf(reference: string): Place | undefined {
  let column = 0;
  let i = 0;
  for (; i < reference.length; i += 1) {
    const c = reference.charCodeAt(i) & ~32;
    if (c < 65 || c > 90) break;
    column = column * 26 + c - 64;
  }
  const row = Number(reference.slice(i));
  return column > 0 && Number.isInteger(row) && row > 0 ? { row, column: column - 1 } : undefined;
}

/** The letters of a column. */
export function lettersOf(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}
