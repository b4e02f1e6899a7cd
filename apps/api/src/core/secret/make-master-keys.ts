import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import { LocalKeys } from './local-keys.ts';
import type { MasterKeys } from './master-keys.ts';

/** The master keys that the configuration names. The client of a key management service is loaded where one is set. */
export async function makeMasterKeys(config: Config): Promise<MasterKeys> {
  const local = new LocalKeys(config.secretKeys);
  const { LOOPSTART_KMS_URL: url, LOOPSTART_KMS_TOKEN_FILE: file } = config;
  if (url === undefined || file === undefined) return local;
  const [{ KmsKeys }, { makeGuardedHttp }] = await Promise.all([
    import('./kms-keys.ts'),
    import('../egress/make-guarded-http.ts'),
  ]);
  const token = () => readFileSync(file, 'utf8').trim();
  const settings = { url, mount: config.LOOPSTART_KMS_MOUNT, key: config.LOOPSTART_KMS_KEY, token };
  return new KmsKeys(settings, makeGuardedHttp(config), local);
}
