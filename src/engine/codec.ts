import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { open, seal } from './cipher.ts';
import type { CodecKey } from './codecKeys.ts';
import { CodecError } from './codecError.ts';

const { Payload: PayloadProto } = proto.temporal.api.common.v1;

/** `metadata.encoding` of what this codec wrote. */
export const ENCODING = 'binary/redress';
const PACKING = 'redress-packing';
const KEY_ID = 'redress-key';

// The engine accepts payloads of 2 MB; what unpacks to far more was not packed by us.
const UNPACKED_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Compresses each payload where that makes it smaller, then encrypts it with the first key; any
 * of the keys decrypts. Without keys it compresses only. Payloads of other codecs pass as they are.
 */
export function redressCodec(keys: readonly CodecKey[]): PayloadCodec {
  return {
    encode: async (payloads) => payloads.map((payload) => encode(payload, keys[0])),
    decode: async (payloads) => payloads.map((payload) => decode(payload, keys)),
  };
}

/**
 * The data converter for client, worker and bundle alike. With keys, messages and stack traces of
 * failures are encrypted too.
 */
export function dataConverter(config: { readonly keys: readonly CodecKey[] }): DataConverter {
  const payloadCodecs = [redressCodec(config.keys)];
  if (config.keys.length === 0) return { payloadCodecs };
  return { payloadCodecs, failureConverterPath: fileURLToPath(new URL('./failureConverter.ts', import.meta.url)) };
}

function encode(payload: Payload, key: CodecKey | undefined): Payload {
  const plain = PayloadProto.encode(payload).finish();
  const deflated = deflateRawSync(plain);
  const packing = deflated.length < plain.length ? 'deflate' : 'none';
  const packed = packing === 'deflate' ? deflated : plain;
  if (key === undefined) return packing === 'none' ? payload : { metadata: { encoding: bytes(ENCODING), [PACKING]: bytes(packing) }, data: packed };
  return {
    metadata: { encoding: bytes(ENCODING), [PACKING]: bytes(packing), [KEY_ID]: bytes(key.id) },
    data: seal(key.secret, packed, label(packing, key.id)),
  };
}

function decode(payload: Payload, keys: readonly CodecKey[]): Payload {
  if (text(payload, 'encoding') !== ENCODING) return payload;
  const packing = text(payload, PACKING) ?? '';
  const keyId = text(payload, KEY_ID);
  const data = payload.data ?? new Uint8Array();
  const packed = keyId === undefined ? data : decrypt(data, packing, keyId, keys);
  try {
    const plain = packing === 'deflate' ? inflateRawSync(packed, { maxOutputLength: UNPACKED_LIMIT_BYTES }) : packed;
    const { metadata, data: inner } = PayloadProto.decode(plain);
    return { metadata: { ...metadata }, data: inner };
  } catch (cause) {
    throw CodecError.damaged(cause);
  }
}

function decrypt(data: Uint8Array, packing: string, keyId: string, keys: readonly CodecKey[]): Uint8Array {
  const key = keys.find((candidate) => candidate.id === keyId);
  if (key === undefined) throw keys.length === 0 ? CodecError.noKey(keyId) : CodecError.unknownKey(keyId);
  try {
    return open(key.secret, data, label(packing, keyId));
  } catch (cause) {
    throw CodecError.damaged(cause);
  }
}

/** Bound to the ciphertext, so that nobody can exchange the metadata either. */
const label = (packing: string, keyId: string): Uint8Array => bytes(`${ENCODING} ${packing} ${keyId}`);

const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

function text(payload: Payload, name: string): string | undefined {
  const value = payload.metadata?.[name];
  return value ? new TextDecoder().decode(value) : undefined;
}
