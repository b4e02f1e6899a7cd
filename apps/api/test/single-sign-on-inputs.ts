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

/** A token for the directory of a connection. */
export async function plantProvisioningToken(admin: Client, connectionId: string): Promise<string> {
  const body = { name: 'Directory' };
  return (await admin(endpoints.createProvisioningToken, { params: { connectionId }, body })).token.id;
}

/** A connection to an identity provider, with the identity of a member. Its address is one that guarded egress refuses: no example call leaves the machine. */
export async function plantConnection(ownerUrl: string, admin: Client, memberId: string): Promise<string> {
  const { id } = await admin(endpoints.createSsoConnection, { body: body('Oak ID') });
  // Several operators of a test have this domain, of which one could prove it.
  await rowsOf(ownerUrl, `update sso_domain set counts_until = '2100-01-01'`);
  await rowsOf(ownerUrl, `update sso_connection set issuer = 'https://127.0.0.1:9' where id = '${id}'`);
  await rowsOf(
    ownerUrl,
    `insert into sso_identity (operator_id, connection_id, issuer, subject, user_id, linked_at)
     select operator_id, '${id}', 'https://127.0.0.1:9', 'of-the-member', id, now() from app_user where id = '${memberId}'`,
  );
  return id;
}

/** What a call of each endpoint of single sign-on needs to get past validation. */
export function singleSignOnInputs({
  connectionId,
  directoryTokenId,
}: {
  connectionId: string;
  directoryTokenId: string;
}) {
  const params = { connectionId };
  return {
    getSingleSignOn: {},
    setSingleSignOnPolicy: { body: { required: true } },
    createSsoConnection: { body: body('Another ID') },
    updateSsoConnection: { params, body: body('Oak ID') },
    testSsoConnection: { params },
    deleteSsoConnection: { params },
    getProvisioning: { params },
    createProvisioningToken: { params, body: { name: 'Another directory' } },
    revokeProvisioningToken: { params: { connectionId, tokenId: directoryTokenId } },
    checkSsoDomain: { params: { domain: 'oak.example.com' } },
    findSignOn: { body: { email: 'nobody@oak.example.com' } },
    beginSignOn: { body: { connectionId } },
    linkSignOn: { body: { connectionId } },
  };
}
