import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type HeadStatement, headText } from '@loopstart/domain';
import { Database } from '../../../core/db/database.ts';
import type { SealedPlace } from '../../../core/secret/sealed-fields.ts';
import { Secrets } from '../../../core/secret/secrets.ts';

const SECRET = 'audit-signing-key';
const PLACE: SealedPlace = { field: 'installation_secret.value', operatorId: null, row: { name: SECRET } };
const KEY_ID_BYTES = 8;

/** A key that signed heads, as it is published. */
export interface PublishedKey {
  id: string;
  /** SPKI, PEM. */
  publicKey: string;
}

/** The key (ed25519, RFC 8032) by which the installation signs the ends of audit chains; made at its first use. */
@Injectable()
export class HeadKey {
  #key: Promise<KeyObject> | undefined;

  constructor(
    private readonly db: Database,
    private readonly secrets: Secrets,
  ) {}

  async published(): Promise<PublishedKey> {
    const key = createPublicKey(await this.#loaded());
    return { id: keyId(key), publicKey: key.export({ type: 'spki', format: 'pem' }).toString() };
  }

  async sign(statement: HeadStatement): Promise<{ keyId: string; signature: Buffer }> {
    const key = await this.#loaded();
    return { keyId: keyId(createPublicKey(key)), signature: sign(null, Buffer.from(headText(statement)), key) };
  }

  /** A failure is tried again at the next use. */
  #loaded(): Promise<KeyObject> {
    this.#key ??= this.#stored().catch((error: Error) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  /** Of several processes the first to store a key wins; the others take that one. */
  async #stored(): Promise<KeyObject> {
    const known = await this.#read();
    if (known !== null) return known;
    const { privateKey } = generateKeyPairSync('ed25519');
    const sealed = await this.secrets.seal(PLACE, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    await this.db.query('insert into installation_secret (name, value) values ($1, $2) on conflict (name) do nothing', [
      SECRET,
      sealed,
    ]);
    const stored = await this.#read();
    if (stored === null) throw new Error('The key that signs the audit trail could not be stored.');
    return stored;
  }

  async #read(): Promise<KeyObject | null> {
    const { rows } = await this.db.query<{ value: Buffer }>('select value from installation_secret where name = $1', [
      SECRET,
    ]);
    const sealed = rows[0]?.value;
    return sealed === undefined ? null : createPrivateKey(await this.secrets.open(PLACE, sealed));
  }
}

/** Whether one of these keys signed the statement. */
export function isSigned(
  statement: HeadStatement,
  { keyId, signature }: { keyId: string; signature: Uint8Array },
  keys: readonly PublishedKey[],
): boolean {
  const key = keys.find(({ id }) => id === keyId);
  return key !== undefined && verify(null, Buffer.from(headText(statement)), key.publicKey, signature);
}

/** The beginning of the SHA-256 of the public key: names it, and cannot name another. */
export function keyId(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256')
    .update(der)
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES);
}
