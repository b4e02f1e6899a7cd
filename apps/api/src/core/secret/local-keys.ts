import { createHash } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.ts';
import type { MasterKeys, WrappedKey } from './master-keys.ts';

const PREFIX = 'local:';

/** The name of a master key of this installation: it tells nothing about the key. */
export function localKeyId(key: Buffer): string {
  return `${PREFIX}${createHash('sha256').update('loopstart master key\0').update(key).digest('hex').slice(0, 16)}`;
}

/** Whether a data key is wrapped under a key of the environment or a file. */
export const isLocal = (masterKeyId: string): boolean => masterKeyId.startsWith(PREFIX);

/**
 * Master keys of the environment or a file, the current one first. They are read anew at each use, so that a key that
 * was added to the file counts without a restart.
 */
export class LocalKeys implements MasterKeys {
  constructor(private readonly read: () => readonly Buffer[]) {}

  async currentId(): Promise<string> {
    return localKeyId(this.#current());
  }

  async wrap(key: Buffer, bound: string): Promise<WrappedKey> {
    const current = this.#current();
    return { masterKeyId: localKeyId(current), wrapped: encrypt(current, key, Buffer.from(bound)) };
  }

  async unwrap({ masterKeyId, wrapped }: WrappedKey, bound: string): Promise<Buffer> {
    const key = this.read().find((one) => localKeyId(one) === masterKeyId);
    if (key === undefined)
      throw new Error(`The secret was encrypted with another LOOPSTART_SECRET_KEY: ${masterKeyId} is not given.`);
    return decrypt(key, wrapped, Buffer.from(bound));
  }

  #current(): Buffer {
    const [current] = this.read();
    if (current === undefined) throw new Error('There is no master key.');
    return current;
  }
}
