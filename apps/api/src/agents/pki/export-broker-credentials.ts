import type { Config } from '../../core/config.ts';
import { Database } from '../../core/db/database.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import { PkiService } from './pki.service.ts';

export interface CredentialFile {
  name: string;
  text: string;
  isSecret: boolean;
}

/**
 * The files that an external broker needs: the CA that signs agents and the API, a fresh key and certificate under the
 * names of MQTT_HOST_NAMES, and the list of revoked certificates. The schema must exist.
 */
export async function exportBrokerCredentials(config: Config, now: () => number = Date.now): Promise<CredentialFile[]> {
  const db = new Database(config);
  const secrets = await Secrets.of(config, now);
  const pki = new PkiService(db, secrets, config, now);
  try {
    await pki.onModuleInit();
    const { keyPem, certificatePem } = await pki.serverIdentity();
    return [
      { name: 'ca.pem', text: pki.caPem, isSecret: false },
      { name: 'broker.pem', text: certificatePem, isSecret: false },
      { name: 'broker.key', text: keyPem, isSecret: true },
      { name: 'crl.pem', text: await pki.revocationList(), isSecret: false },
    ];
  } finally {
    pki.onApplicationShutdown();
    await secrets.onApplicationShutdown();
    await db.onApplicationShutdown();
  }
}
