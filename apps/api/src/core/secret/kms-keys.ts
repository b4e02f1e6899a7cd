import { z } from 'zod';
import type { GuardedHttp } from '../egress/guarded-http.ts';
import { isLocal } from './local-keys.ts';
import type { MasterKeys, WrappedKey } from './master-keys.ts';

/** Where the service is, and by which key of it data keys are wrapped. */
export interface KmsSettings {
  url: string;
  mount: string;
  key: string;
  /** Read at each call: such tokens are renewed in their file. */
  token: () => string;
}

const KeyInfo = z.object({ data: z.object({ latest_version: z.number().int().positive() }) });
const Encrypted = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v[1-9]\d*:./) }) });
const Decrypted = z.object({ data: z.object({ plaintext: z.base64() }) });

/**
 * Master keys in a key management service, by the HTTP API of Vault's transit engine, which OpenBao has too. The master
 * key never leaves the service. Keys that were wrapped under a key of the environment before still unwrap by `local`.
 */
export class KmsKeys implements MasterKeys {
  constructor(
    private readonly settings: KmsSettings,
    private readonly http: Pick<GuardedHttp, 'send'>,
    private readonly local: MasterKeys,
  ) {}

  async currentId(): Promise<string> {
    const { data } = KeyInfo.parse(await this.#call('GET', 'keys'));
    return this.#idOf(data.latest_version);
  }

  async wrap(key: Buffer, bound: string): Promise<WrappedKey> {
    const asked = { plaintext: key.toString('base64'), associated_data: Buffer.from(bound).toString('base64') };
    const { ciphertext } = Encrypted.parse(await this.#call('POST', 'encrypt', asked)).data;
    const version = Number(ciphertext.split(':')[1]!.slice(1));
    return { masterKeyId: this.#idOf(version), wrapped: Buffer.from(ciphertext) };
  }

  async unwrap(key: WrappedKey, bound: string): Promise<Buffer> {
    if (isLocal(key.masterKeyId)) return this.local.unwrap(key, bound);
    const asked = { ciphertext: key.wrapped.toString(), associated_data: Buffer.from(bound).toString('base64') };
    const answer = await this.#call('POST', 'decrypt', asked);
    return Buffer.from(Decrypted.parse(answer).data.plaintext, 'base64');
  }

  #idOf(version: number): string {
    return `kms:${this.settings.mount}/${this.settings.key}:v${version}`;
  }

  /** Neither the token nor what was sent is part of an error. */
  async #call(method: 'GET' | 'POST', operation: string, body?: object): Promise<unknown> {
    const { url, mount, key, token } = this.settings;
    const answer = await this.http.send({
      method,
      url: `${url.replace(/\/+$/, '')}/v1/${mount}/${operation}/${encodeURIComponent(key)}`,
      headers: { 'x-vault-token': token(), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status !== 200)
      throw new Error(
        `The key management service refused to ${operation} with key ${key}: it answered ${answer.status}.`,
      );
    return JSON.parse(answer.body) as unknown;
  }
}
