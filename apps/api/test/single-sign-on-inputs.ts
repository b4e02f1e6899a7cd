import { endpoints } from '@loopstart/contracts';
import type { Client } from './app.ts';
import { rowsOf } from './ingest.ts';

const body = (name: string) => ({
  name,
  issuer: 'https://id.example.com',
  clientId: 'loopstart',
  clientSecret: 'a secret of the client',
  domains: ['oak.example.com'],
});

/** A connection to an identity provider. Its address is one that guarded egress refuses: no example call leaves the machine. */
export async function plantConnection(ownerUrl: string, admin: Client): Promise<string> {
  const { id } = await admin(endpoints.createSsoConnection, { body: body('Oak ID') });
  await rowsOf(ownerUrl, `update sso_connection set issuer = 'https://127.0.0.1:9' where id = '${id}'`);
  return id;
}

/** What a call of each endpoint of single sign-on needs to get past validation. */
export function singleSignOnInputs({ connectionId }: { connectionId: string }) {
  const params = { connectionId };
  return {
    getSingleSignOn: {},
    setSingleSignOnPolicy: { body: { required: true } },
    createSsoConnection: { body: body('Another ID') },
    updateSsoConnection: { params, body: body('Oak ID') },
    testSsoConnection: { params },
    deleteSsoConnection: { params },
    findSignOn: { body: { email: 'nobody@oak.example.com' } },
    beginSignOn: { body: { connectionId } },
    linkSignOn: { body: { connectionId } },
  };
}
