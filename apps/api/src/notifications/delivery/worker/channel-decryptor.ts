import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../../core/secret/secret-box.ts';
import type { OpenChannel } from '../adapters/adapter.ts';
import { addressTexts, ChannelSettings, secretTexts } from '../channel-settings.ts';
import type { ClaimedChannel } from './claim.repository.ts';

/** Purpose of a secret: it cannot be unsealed for another one. */
export const channelContext = (id: string) => `channel:${id}`;
export const keyContext = (channelId: string) => `channel-key:${channelId}`;

/** Unseals the secrets of channels, and lists their texts so that they can be redacted from what is stored. */
@Injectable()
export class ChannelDecryptor {
  constructor(private readonly secrets: SecretBox) {}

  /** Throws where the secrets were sealed with another key or the settings do not fit this version. */
  open(channel: ClaimedChannel): { channel: OpenChannel; secrets: string[] } {
    const secret = this.secretOf(channel);
    const settings = ChannelSettings.parse({ kind: channel.kind, ...channel.config, ...secret });
    const keys = channel.keys.map(({ algorithm, secret: sealed }) => ({
      algorithm,
      secret: this.secrets.open(sealed, keyContext(channel.id)),
    }));
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
  secretOf({ id, secret }: Pick<ClaimedChannel, 'id' | 'secret'>): Record<string, unknown> {
    return secret === null
      ? {}
      : (JSON.parse(this.secrets.open(secret, channelContext(id))) as Record<string, unknown>);
  }

  seal(id: string, secret: Record<string, unknown>): Buffer | null {
    const present = Object.values(secret).some((value) => value !== undefined);
    return present ? this.secrets.seal(JSON.stringify(secret), channelContext(id)) : null;
  }

  sealKey(channelId: string, secret: string): Buffer {
    return this.secrets.seal(secret, keyContext(channelId));
  }
}
