import { crc32, deflateSync } from 'node:zlib';

// Ten greys and six reds: all that a page of black, grey and red print is made of, and a quarter of the size.
const GREYS = 10;
const REDS = 6;
const PALETTE = Buffer.concat([
  ...Array.from({ length: GREYS }, (_, i) => Buffer.alloc(3, Math.round((255 * i) / (GREYS - 1)))),
  ...Array.from({ length: REDS }, (_, i) => Buffer.from([255, Math.round((230 * i) / (REDS - 1)), Math.round((230 * i) / (REDS - 1))])),
]);

/** A page as `pdftoppm` writes it (PPM), as a small PNG. */
export function picture(ppm: Buffer): Buffer {
  const [head = '', w = '', h = ''] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 64).toString('latin1')) ?? [];
  const [width, height] = [Number(w), Number(h)];
  if (head === '') throw new Error('not a PPM picture');
  const row = 1 + Math.ceil(width / 2);
  const pixels = Buffer.alloc(height * row);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = head.length + (y * width + x) * 3;
      const place = y * row + 1 + (x >> 1);
      pixels[place] = (pixels[place] ?? 0) | (nearest(ppm[at] ?? 0, ppm[at + 1] ?? 0) << (x % 2 === 0 ? 4 : 0));
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([4, 3], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', size), chunk('PLTE', PALETTE), chunk('IDAT', deflateSync(pixels, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

const nearest = (red: number, green: number): number =>
  red - green > 24 ? GREYS + Math.min(REDS - 1, Math.round((green / 230) * (REDS - 1))) : Math.round((red / 255) * (GREYS - 1));

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
