const BITS = 2 ** 26;
const HASHES = 5;

/**
 * Remembers names in eight megabytes however many there are (a Bloom filter):
 * a name that was seen is always known again; one that was not is taken for
 * seen about twice in a million, among a million names.
 */
export class Seen {
  readonly #bits = new Uint8Array(BITS / 8);

  /** Remembers a name; whether it was there before. */
  add(name: string): boolean {
    const [a, b] = [hash(name, 0x811c9dc5), hash(name, 0x9747b28c) | 1];
    let known = true;
    for (let i = 0; i < HASHES; i += 1) {
      const bit = ((a + Math.imul(i, b)) >>> 0) % BITS;
      const [byte, mask] = [bit >>> 3, 1 << (bit & 7)];
      const now = this.#bits[byte] ?? 0;
      if ((now & mask) === 0) known = false;
      this.#bits[byte] = now | mask;
    }
    return known;
  }
}

/** FNV-1a from a starting value, with its last bits mixed into the first. */
function hash(text: string, seed: number): number {
  let h = seed;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}
