import { createPrivateKey, sign } from 'node:crypto';
import { endpoints, type ReturnRequest, returnProofText } from '@loopstart/contracts';
import type { TestApp } from './app.ts';
import type { Identity } from './mqtt-agent.ts';
import { makeCsrFor } from './pki.ts';

/** What an agent sends to come back; `rest` spoils it. */
export async function returnProof(
  api: TestApp,
  { keyPem, certificatePem }: Pick<Identity, 'keyPem' | 'certificatePem'>,
  rest: { challenge?: string; signedBy?: string; csrPem?: string } = {},
): Promise<ReturnRequest> {
  const challenge = rest.challenge ?? (await api.anonymous(endpoints.challengeAgentReturn)).challenge;
  const csrPem = rest.csrPem ?? (await makeCsrFor(keyPem));
  const key = createPrivateKey(rest.signedBy ?? keyPem);
  const signature = sign('sha256', Buffer.from(returnProofText(challenge, csrPem)), key).toString('base64');
  return { challenge, certificatePem, csrPem, signature, hostname: 'north-1', version: '1.0.0' };
}
