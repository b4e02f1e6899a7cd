import { Decrypter, Encrypter } from 'age-encryption';
import { z } from 'zod';

/** What the encrypted part of a backup holds. */
const Keys = z.object({
  /** The installation's secret keys in base64, the current one first. */
  secretKeys: z.array(z.base64()).min(1),
  /** Authenticates the manifest. */
  manifestKey: z.base64(),
});
export type Keys = z.infer<typeof Keys>;

/** Encrypts keys to recipients (age1…), whose private keys are kept elsewhere: the installation cannot open them. */
export async function encryptKeys(keys: Keys, recipients: readonly string[]): Promise<Uint8Array> {
  const age = new Encrypter();
  for (const recipient of recipients) {
    try {
      age.addRecipient(recipient);
    } catch (cause) {
      throw new Error(`This is no recipient of age (age1…): ${recipient.slice(0, 80)}`, { cause });
    }
  }
  return age.encrypt(JSON.stringify(keys));
}

/** Throws an Error of one sentence where the identity (AGE-SECRET-KEY-1…) is not one of the recipients'. */
export async function decryptKeys(bytes: Uint8Array, identity: string): Promise<Keys> {
  const age = new Decrypter();
  const lines = identity.split(/\s+/).filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (lines.length === 0) throw new Error('The identity file holds no private key of age (AGE-SECRET-KEY-1…).');
  for (const line of lines) {
    try {
      age.addIdentity(line);
    } catch (cause) {
      throw new Error('The identity file holds a private key of age that is damaged.', { cause });
    }
  }
  const text = await age.decrypt(bytes, 'text').catch((cause: unknown) => {
    throw new Error('The keys of the backup were encrypted to another recipient, or were changed.', { cause });
  });
  return Keys.parse(JSON.parse(text));
}
