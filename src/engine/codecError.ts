import type { Text } from './text.ts';

/** Which failure it is; stable. */
export type CodecErrorCode = 'codec-key-malformed' | 'codec-key-missing' | 'codec-key-unknown' | 'codec-damaged';

/** A payload could not be read, or the key is no key. `message` is the English text. */
export class CodecError extends Error {
  override name = 'CodecError';
  readonly code: CodecErrorCode;
  readonly params: Readonly<Record<string, string>>;
  readonly text: Text;

  constructor(code: CodecErrorCode, params: Record<string, string>, text: Text, cause?: unknown) {
    super(text.en, { cause });
    this.code = code;
    this.params = params;
    this.text = text;
  }

  static malformedKey(position: number): CodecError {
    return new CodecError('codec-key-malformed', { position: String(position) }, {
      en: `Key ${position} in REDRESS_KEY is not 32 bytes in base64.`,
      zh: `REDRESS_KEY 中的第 ${position} 个密钥不是 base64 编码的 32 字节。`,
    });
  }

  static noKey(keyId: string): CodecError {
    return new CodecError('codec-key-missing', { keyId }, {
      en: `This data is encrypted with key ${keyId}, and REDRESS_KEY is not set.`,
      zh: `数据已用密钥 ${keyId} 加密,但没有设置 REDRESS_KEY。`,
    });
  }

  static unknownKey(keyId: string): CodecError {
    return new CodecError('codec-key-unknown', { keyId }, {
      en: `This data is encrypted with key ${keyId}, which is not among the keys in REDRESS_KEY.`,
      zh: `数据已用密钥 ${keyId} 加密,REDRESS_KEY 中没有这个密钥。`,
    });
  }

  static damaged(cause: unknown): CodecError {
    return new CodecError('codec-damaged', {}, {
      en: 'This data was damaged or changed after it was written.',
      zh: '数据在写入后被损坏或改动。',
    }, cause);
  }
}
