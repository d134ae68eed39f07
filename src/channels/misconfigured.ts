import type { Text } from '../core/text.ts';

/** A channel is set wrongly. Holds no password. */
export class ChannelMisconfigured extends Error {
  override name = 'ChannelMisconfigured';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}
