import { defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dataConverter, redressCodec } from '../src/engine/codec.ts';
import { codecKeys } from '../src/engine/codecKeys.ts';

const newKey = () => randomBytes(32).toString('base64');
const [first, second] = [newKey(), newKey()];
const codec = (keys: string) => redressCodec(codecKeys(keys));
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const value = ([read]: Payload[]): unknown => read && defaultPayloadConverter.fromPayload(read);
const stored = ([written]: Payload[]) => Buffer.from(written?.data ?? []);
const bytes = fc.uint8Array({ maxLength: 2_000 });
const anyPayload: fc.Arbitrary<Payload> = fc.record({
  metadata: fc.dictionary(fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'), bytes),
  data: bytes,
});

describe.each([['without a key', ''], ['with a key', first], ['with two keys', `${first},${second}`]])('%s', (_name, keys) => {
  test('any payload comes back as it was', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyPayload, { maxLength: 4 }), async (payloads) => {
        const back = await codec(keys).decode(await codec(keys).encode(payloads));
        expect(back.map(plainly)).toEqual(payloads.map(plainly));
      }),
    ));

  test('long text gets smaller', async () => {
    expect(stored(await codec(keys).encode([payload('申请'.repeat(5_000))])).length).toBeLessThan(1_000);
  });

  test('what another codec wrote passes', async () => {
    const plain = payload({ a: 1 });
    expect(await codec(keys).decode([plain])).toEqual([plain]);
  });
});

test('without a key, what does not get smaller stays as it is', async () => {
  const short = payload(7);
  expect(await codec('').encode([short])).toEqual([short]);
});

test('encrypted text cannot be read, and is never twice the same', async () => {
  const twice = await codec(first).encode([payload('petitioner'), payload('petitioner')]);
  expect(stored(twice).includes('petitioner')).toBe(false);
  expect(twice[0]).not.toEqual(twice[1]);
});

test('a new key in front encrypts; the old one still decrypts', async () => {
  const old = await codec(first).encode([payload('kept')]);
  const rotated = codec(`${second} ${first}`);
  expect(value(await rotated.decode(old))).toBe('kept');
  expect(value(await codec(second).decode(await rotated.encode([payload('new')])))).toBe('new');
});

test('a wrong or absent key says so', async () => {
  const written = await codec(first).encode([payload('secret')]);
  await expect(codec(second).decode(written)).rejects.toMatchObject({ code: 'codec-key-unknown', message: expect.stringContaining('REDRESS_KEY') });
  await expect(codec('').decode(written)).rejects.toMatchObject({ code: 'codec-key-missing', text: { zh: expect.stringContaining('REDRESS_KEY') } });
});

test('any changed byte is noticed', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const [written] = await codec(first).encode([payload('decided on time')]);
      const data = Uint8Array.from(written?.data ?? []);
      const index = at % data.length;
      data[index] = (data[index] ?? 0) ^ flip;
      await expect(codec(first).decode([{ ...written, data }])).rejects.toMatchObject({ code: 'codec-damaged' });
    }),
  ));

test('changed metadata is noticed', async () => {
  const [written] = await codec(first).encode([payload('x'.repeat(500))]);
  const metadata = { ...written?.metadata, 'redress-packing': Buffer.from('none') };
  await expect(codec(first).decode([{ ...written, metadata }])).rejects.toMatchObject({ code: 'codec-damaged' });
});

test.each([['short', 'c2hvcnQ='], ['not base64', '!'.repeat(44)], ['the second', `${first},x`]])('a key that is no key is refused: %s', (_name, keys) => {
  expect(() => codecKeys(keys)).toThrow(expect.objectContaining({ code: 'codec-key-malformed' }));
});

test('failures are converted only when there is a key', () => {
  expect(dataConverter({ keys: [] }).failureConverterPath).toBeUndefined();
  expect(dataConverter({ keys: codecKeys(first) }).failureConverterPath).toMatch(/failureConverter\.ts$/);
});

function plainly({ metadata, data }: Payload) {
  const names = Object.entries(metadata ?? {}).map(([name, content]) => [name, Buffer.from(content ?? []).toString('hex')]);
  return { metadata: Object.fromEntries(names), data: Buffer.from(data ?? []).toString('hex') };
}
