import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { SealedPlace } from '../../core/secret/sealed-fields.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { addressTexts } from '../delivery/index.ts';

/** Where a stream goes, and with what. All of it is sealed: an address may hold a key. */
const StreamSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), url: z.string(), secret: z.string() }),
  z.object({
    kind: z.literal('syslog'),
    host: z.string(),
    port: z.int(),
    ca: z.string().nullable(),
    // Settings of before client certificates have none.
    client: z.object({ certificate: z.string(), privateKey: z.string() }).nullable().default(null),
  }),
]);
export type StreamSettings = z.infer<typeof StreamSettings>;
export type WebhookSettings = Extract<StreamSettings, { kind: 'webhook' }>;

export interface OwnedStream {
  operatorId: string;
  id: string;
}

const placeOf = ({ operatorId, id }: OwnedStream): SealedPlace => ({
  field: 'audit_stream.secret',
  operatorId,
  row: { id },
});

/** Seals and opens the settings of audit streams. */
@Injectable()
export class StreamSettingsSeal {
  constructor(private readonly secrets: Secrets) {}

  seal(stream: OwnedStream, settings: StreamSettings): Promise<Buffer> {
    return this.secrets.seal(placeOf(stream), JSON.stringify(settings));
  }

  async open(stream: OwnedStream, sealed: Uint8Array): Promise<StreamSettings> {
    return StreamSettings.parse(JSON.parse(await this.secrets.open(placeOf(stream), sealed)));
  }
}

/** The destination in words, without what may be a key. */
export function targetOfStream(settings: StreamSettings): string {
  if (settings.kind === 'webhook') return new URL(settings.url).host;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return `${host}:${settings.port}`;
}

/** What must not stand in an error that is stored. */
export const secretsOf = (settings: StreamSettings): string[] =>
  settings.kind === 'webhook'
    ? [settings.url, settings.secret, ...addressTexts(settings.url)]
    : settings.client === null
      ? []
      : [settings.client.privateKey];
