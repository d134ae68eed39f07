import type { RawCell, RawRow } from '../types.ts';
import { placeOf } from './place.ts';
import { textIn } from './strings.ts';
import { attribute, type Handler, XmlFault } from './xml.ts';

/** A cell as the file has it. */
export interface FileCell {
  /** s, str, inlineStr, b, e, d, or n for a number. */
  readonly type: string;
  readonly style: number;
  /** What stands as its value; undefined where nothing does. */
  readonly value: string | undefined;
  readonly formula: string | undefined;
}

const [MOST_ROWS, MOST_COLUMNS] = [1_048_576, 16_384];

type Part = 'value' | 'formula' | 'inline' | undefined;

/** Makes rows of the XML of a sheet. Those that are complete wait in `take`. */
export class Rows implements Handler {
  readonly #cellOf: (cell: FileCell) => RawCell;
  #ready: RawRow[] = [];
  #inRows = false;
  #row = 0;
  #cells: RawCell[] = [];
  #column = -1;
  #type = '';
  #style = -1;
  #value: string | undefined;
  #formula: string | undefined;
  #into: Part;
  #phonetic = false;

  constructor(cellOf: (cell: FileCell) => RawCell) {
    this.#cellOf = cellOf;
  }

  take(): RawRow[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  open(name: string, attributes: string): void {
    if (name === 'sheetData') this.#inRows = true;
    if (!this.#inRows) return;
    switch (name) {
      case 'row':
        this.#row = Number(attribute(attributes, 'r') ?? this.#row + 1);
        if (!(this.#row >= 1 && this.#row <= MOST_ROWS)) throw new XmlFault('a row beyond the sheet');
        this.#cells = [];
        this.#column = -1;
        return;
      case 'c':
        this.#begin(attributes);
        return;
      case 'v':
        this.#into = 'value';
        this.#value ??= '';
        return;
      case 'f':
        this.#into = 'formula';
        this.#formula = '';
        return;
      case 'rPh':
        this.#phonetic = true;
        return;
      case 't':
        if (!this.#phonetic) this.#into = 'inline';
        this.#value ??= '';
        return;
      default:
    }
  }

  text(raw: string): void {
    if (this.#into === undefined) return;
    if (this.#into === 'formula') this.#formula = (this.#formula ?? '') + raw;
    else this.#value = (this.#value ?? '') + raw;
  }

  close(name: string): void {
    this.#into = undefined;
    if (!this.#inRows) return;
    if (name === 'c') this.#end();
    else if (name === 'row') this.#ready.push({ row: this.#row, cells: this.#cells });
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'sheetData') this.#inRows = false;
  }

  #begin(attributes: string): void {
    const place = placeOf(attribute(attributes, 'r') ?? '');
    this.#column = place?.column ?? this.#column + 1;
    if (this.#column >= MOST_COLUMNS) throw new XmlFault('a column beyond the sheet');
    this.#type = attribute(attributes, 't') ?? 'n';
    this.#style = Number(attribute(attributes, 's') ?? -1);
    this.#value = undefined;
    this.#formula = undefined;
  }

  #end(): void {
    const value = this.#value === undefined ? undefined : textIn(this.#value);
    const cell = this.#cellOf({ type: this.#type, style: this.#style, value, formula: this.#formula });
    if (cell === undefined) return;
    while (this.#cells.length < this.#column) this.#cells.push(undefined);
    this.#cells[this.#column] = cell;
  }
}
