import { damaged } from '../error.ts';
import { Xml, XmlFault } from './xml.ts';
import type { Zip } from './zip.ts';

/** Hands over each element of a small part; the names that were seen. */
export async function elements(zip: Zip, path: string, each: (name: string, attributes: string) => void, end?: (name: string) => void): Promise<Set<string>> {
  const seen = new Set<string>();
  const xml = new Xml({
    open(name, attributes) {
      seen.add(name);
      each(name, attributes);
    },
    text: () => undefined,
    close: (name) => end?.(name),
  });
  try {
    xml.feed(await zip.whole(path));
  } catch (error) {
    throw error instanceof XmlFault ? damaged(zip.file, error) : error;
  }
  return seen;
}
