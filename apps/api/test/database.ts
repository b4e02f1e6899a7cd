import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type Config, readConfig } from '../src/core/config.ts';
import { asOwner, TEMPLATE } from './postgres.ts';

export interface TestDatabase {
  name: string;
  ownerUrl: string;
  config: Config;
  drop(): Promise<void>;
}

/** A fresh, migrated database and a configuration that points at it. */
export async function createDatabase(env: NodeJS.ProcessEnv = {}): Promise<TestDatabase> {
  const maintenance = inject('postgresUrl');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await asOwner(maintenance, (client) => client.query(`create database ${name} template ${TEMPLATE}`));
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  const appUrl = new URL(inject('postgresAppUrl'));
  appUrl.pathname = `/${name}`;
  const config = readConfig({
    DATABASE_URL: url.toString(),
    DATABASE_APP_URL: appUrl.toString(),
    LOOPSTART_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    PORT: '0',
    MQTT_PORT: '0',
    LOG_LEVEL: 'silent',
    // A test sends in seconds what a person sends in an hour; the specs of the limits set their own.
    RATE_LIMIT_TOKEN_PER_MINUTE: '1000000',
    RATE_LIMIT_SESSION_PER_MINUTE: '1000000',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000',
    ...env,
  });
  return {
    name,
    ownerUrl: url.toString(),
    config,
    drop: async () => {
      await asOwner(maintenance, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}
