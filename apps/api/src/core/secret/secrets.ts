import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CLOCK, type Clock } from '../clock.ts';
import { CONFIG, type Config } from '../config.ts';
import { DataKeys } from './data-keys.ts';
import { openFormer } from './former-format.ts';
import { makeMasterKeys } from './make-master-keys.ts';
import { MASTER_KEYS, type MasterKeys } from './master-keys.ts';
import { boundTo, fieldOf, type SealedPlace } from './sealed-fields.ts';
import { keyIdOf, openValue, sealValue } from './sealed-value.ts';

/** Callers wait for these only where a key is not in memory. */
const CONNECTIONS_MAX = 2;

/**
 * Encrypts secrets at rest by envelope: a value is sealed with the data key of its operator (or of the installation), and
 * data keys are wrapped under a master key that is not in the database. A value is bound to its operator, field and row,
 * so that a copy opens nowhere else.
 */
@Injectable()
export class Secrets implements OnApplicationShutdown {
  readonly keys: DataKeys;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'DATABASE_APP_URL' | 'secretKeys'>,
    @Inject(MASTER_KEYS) readonly masters: MasterKeys,
    @Inject(CLOCK) now: Clock,
  ) {
    const pool = new pg.Pool({ connectionString: config.DATABASE_APP_URL, max: CONNECTIONS_MAX });
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    this.keys = new DataKeys(pool, masters, now);
  }

  /** For commands and tests, which have no container. */
  static async of(config: Config, now: Clock = Date.now): Promise<Secrets> {
    return new Secrets(config, await makeMasterKeys(config), now);
  }

  async seal(place: SealedPlace, plain: string): Promise<Buffer> {
    const bound = boundTo(place);
    return sealValue(await this.keys.current(place.operatorId), plain, bound);
  }

  /** Throws an Error of one sentence where the key is not there, and another where the bytes were changed or moved. */
  async open(place: SealedPlace, sealed: Uint8Array): Promise<string> {
    const bytes = Buffer.from(sealed);
    const keyId = keyIdOf(bytes);
    if (keyId !== null) return openValue(await this.keys.byId(place.operatorId, keyId), bytes, boundTo(place));
    const { former } = fieldOf(place);
    if (former === undefined) throw new Error(`This is no sealed value of ${place.field}.`);
    return openFormer(this.config.secretKeys(), bytes, former.context(place.row));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.keys.close();
  }
}
