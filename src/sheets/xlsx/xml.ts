/** What is made of an XML document as it is read. Names come without their prefix. */
export interface Handler {
  open(name: string, attributes: string, empty: boolean): void;
  text(raw: string): void;
  close(name: string): void;
}

/** A tag or a text that is longer is in no spreadsheet. */
const LONGEST = 4 << 20;

/** XML that no spreadsheet program writes: cut short, or with a document type of its own, which could name other files. */
export class XmlFault extends Error {}

/**
 * Reads XML in chunks and hands over what it finds; keeps only what a chunk
 * leaves unfinished. Knows no document types and no entities beyond XML's own,
 * so nothing in a file can blow up or reach another file.
 */
export class Xml {
  readonly #to: Handler;
  #rest = '';

  constructor(to: Handler) {
    this.#to = to;
  }

  feed(chunk: string): void {
    const text = this.#rest + chunk;
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag < 0) break;
      const next = this.#markup(text, tag);
      if (next < 0) {
        if (tag > at) this.#to.text(text.slice(at, tag));
        at = tag;
        break;
      }
      if (tag > at) this.#to.text(text.slice(at, tag));
      if (text[tag + 1] !== '!' && text[tag + 1] !== '?') this.#tag(text.slice(tag + 1, next - 1));
      else if (text.startsWith('<![CDATA[', tag)) this.#to.text(escaped(text.slice(tag + 9, next - 3)));
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST) throw new XmlFault('a part that is too long');
  }

  /** Where the markup that begins at `at` ends; -1 where the text at hand ends before. */
  #markup(text: string, at: number): number {
    const second = text.charCodeAt(at + 1);
    if (second !== 33 && second !== 63) return endOfTag(text, at + 1);
    for (const [begin, end] of [['<?', '?>'], ['<!--', '-->'], ['<![CDATA[', ']]>']] as const)
      if (text.startsWith(begin, at)) {
        const found = text.indexOf(end, at + begin.length);
        return found < 0 ? -1 : found + end.length;
      }
    if (text.length - at < 9) return -1;
    throw new XmlFault('a document type');
  }

  #tag(inside: string): void {
    if (inside.charCodeAt(0) === 47) {
      this.#to.close(local(inside.slice(1).trimEnd()));
      return;
    }
    const empty = inside.charCodeAt(inside.length - 1) === 47;
    const end = endOfName(inside);
    this.#to.open(local(inside.slice(0, end)), inside.slice(end, empty ? -1 : undefined), empty);
    if (empty) this.#to.close(local(inside.slice(0, end)));
  }
}

/** A > inside quotation marks does not end a tag. */
function endOfTag(text: string, from: number): number {
  let quote = 0;
  for (let i = from; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (quote !== 0) {
      if (c === quote) quote = 0;
    } else if (c === 62) return i + 1;
    else if (c === 34 || c === 39) quote = c;
  }
  return -1;
}

function endOfName(inside: string): number {
  for (let i = 0; i < inside.length; i += 1) {
    const c = inside.charCodeAt(i);
    if (c <= 32 || c === 47) return i;
  }
  return inside.length;
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The value of an attribute, without regard to its prefix. */
export function attribute(attributes: string, name: string): string | undefined {
  const quick = attributes.indexOf(` ${name}="`);
  if (quick >= 0) {
    const from = quick + name.length + 3;
    return unescaped(attributes.slice(from, attributes.indexOf('"', from)));
  }
  if (!attributes.includes(name)) return undefined;
  const found = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : unescaped(value);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with XML's own entities resolved; any other stays as it stands. */
export function unescaped(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replaceAll(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
