export { AddressRefused, type Channel, type Message, type Sending } from './channel.ts';
export { ChannelMisconfigured, channelsOf } from './configured.ts';
export { email } from './email.ts';
export { log } from './log.ts';
