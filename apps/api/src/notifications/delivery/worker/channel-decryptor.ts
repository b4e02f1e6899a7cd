import { Injectable } from '@nestjs/common';
import type { SealedPlace } from '../../../core/secret/sealed-fields.ts';
import { Secrets } from '../../../core/secret/secrets.ts';
import type { OpenChannel } from '../adapters/adapter.ts';
import { addressTexts, ChannelSettings, secretTexts } from '../channel-settings.ts';
import type { ClaimedChannel } from './claim.repository.ts';

/** A channel, and whose it is. */
export interface OwnedChannel {
  operatorId: string;
  id: string;
}

/** Where the sealed settings of a channel stand. */
const settingsPlace = ({ operatorId, id }: OwnedChannel): SealedPlace => ({
  field: 'channel.secret',
  operatorId,
  row: { id },
});

/** Where one of its signing keys stands. */
const keyPlace = (channel: OwnedChannel, keyId: string): SealedPlace => ({
  field: 'channel_key.secret',
  operatorId: channel.operatorId,
  row: { id: keyId, channel_id: channel.id },
});

/** Unseals the secrets of channels, and lists their texts so that they can be redacted from what is stored. */
@Injectable()
export class ChannelDecryptor {
  constructor(private readonly secrets: Secrets) {}

  /** Throws where the secrets were sealed with another key or the settings do not fit this version. */
  async open(operatorId: string, channel: ClaimedChannel): Promise<{ channel: OpenChannel; secrets: string[] }> {
    const owned = { operatorId, id: channel.id };
    const secret = await this.secretOf(owned, channel.secret);
    const settings = ChannelSettings.parse({ kind: channel.kind, ...channel.config, ...secret });
    const keys = await Promise.all(
      channel.keys.map(async ({ id, algorithm, secret: sealed }) => ({
        algorithm,
        secret: await this.secrets.open(keyPlace(owned, id), sealed),
      })),
    );
    const address = 'url' in settings ? settings.url : undefined;
    return {
      channel: { id: channel.id, name: channel.name, settings, keys },
      secrets: [
        ...secretTexts(secret),
        ...(address === undefined ? [] : addressTexts(address)),
        ...keys.map((key) => key.secret),
      ],
    };
  }

  /** The sealed part of the settings. */
  async secretOf(channel: OwnedChannel, sealed: Uint8Array | null): Promise<Record<string, unknown>> {
    if (sealed === null) return {};
    return JSON.parse(await this.secrets.open(settingsPlace(channel), sealed)) as Record<string, unknown>;
  }

  async seal(channel: OwnedChannel, secret: Record<string, unknown>): Promise<Buffer | null> {
    const present = Object.values(secret).some((value) => value !== undefined);
    return present ? this.secrets.seal(settingsPlace(channel), JSON.stringify(secret)) : null;
  }

  /** Seals the signing key that is stored as `keyId`. */
  sealKey(channel: OwnedChannel, keyId: string, secret: string): Promise<Buffer> {
    return this.secrets.seal(keyPlace(channel, keyId), secret);
  }
}
