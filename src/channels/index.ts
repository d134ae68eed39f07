export { AddressRefused, type Channel, channelFor, type Message, RetryLater, type Sending, type Via } from './channel.ts';
export { channelsOf } from './configured.ts';
export { email } from './email.ts';
export { log } from './log.ts';
export { ChannelMisconfigured } from './misconfigured.ts';
export { group } from './robot.ts';
export { sms } from './sms.ts';
export { webhook } from './webhook.ts';
