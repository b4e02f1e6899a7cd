export { exchange, json } from './adapters/adapter.ts';
export { Senders } from './adapters/senders.ts';
export { queryProblem, templateProblem } from './adapters/template.ts';
export { webhookAdapter } from './adapters/webhook.adapter.ts';
export {
  addressTexts,
  ChannelSettings,
  MovedError,
  readableOf,
  splitSettings,
  targetText,
} from './channel-settings.ts';
export { OutboundModule } from './outbound.module.ts';
export { Outbox } from './outbox.service.ts';
export { networkSentence } from './network-sentence.ts';
export { redact } from './redact.ts';
export { makeKey, signedHeaders, type SigningKey } from './webhook/signature.ts';
export { webhookIdOf } from './worker/attempt.ts';
export { healthOf } from './worker/claim.repository.ts';
export { ChannelDecryptor } from './worker/channel-decryptor.ts';
