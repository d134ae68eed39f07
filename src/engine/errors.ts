import type { Text } from './text.ts';

/** Which failure it is; stable, so that another layer can choose its own words. */
export type EngineErrorCode =
  | 'engine-unavailable'
  | 'engine-build-failed'
  | 'engine-died-at-start'
  | 'engine-start-timeout'
  | 'engine-port-taken'
  | 'engine-home-in-use'
  | 'engine-unreachable'
  | 'engine-forbidden';

/** The engine could not be found, started or reached. `message` is the English text. */
export class EngineError extends Error {
  override name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly params: Readonly<Record<string, string>>;
  readonly text: Text;

  constructor(code: EngineErrorCode, params: Record<string, string>, text: Text, cause?: unknown) {
    super(text.en, { cause });
    this.code = code;
    this.params = params;
    this.text = text;
  }
}

const INSTALL: Text = {
  en: 'Install Go 1.26 or newer, or the Temporal CLI, and try again; or set TEMPORAL_ADDRESS to a Temporal server that is running.',
  zh: '请安装 Go 1.26 或更新版本,或安装 Temporal CLI,然后重试;也可以把 TEMPORAL_ADDRESS 设为正在运行的 Temporal 服务器地址。',
};

/** No Temporal server on this machine and no means to build one. The text says what to install. */
export class EngineUnavailable extends EngineError {
  override name = 'EngineUnavailable';

  constructor(code: 'engine-unavailable' | 'engine-build-failed', params: Record<string, string>, why: Text, cause?: unknown) {
    super(code, params, { en: `${why.en} ${INSTALL.en}`, zh: `${why.zh}${INSTALL.zh}` }, cause);
  }
}
