import { EnrolResponse, Problem, type AgentSettings, type EnrolRequest } from '@loopstart/contracts';
import { certificateMatchesKey, certificateSha256, makeCsrPem, makeKeyPem } from './certificate-key.ts';
import type { Identity } from './identity.ts';
import type { HttpAnswer } from './pinned-request.ts';

/** Enrolment failed; the message is one plain sentence for the user of the command line. */
export class EnrolError extends Error {
  override readonly name = 'EnrolError';
}

export interface EnrolInput {
  /** Origin of the API, without a slash at the end. */
  apiUrl: string;
  token: string;
  /** Fingerprint of the CA that must have signed, or null to accept the API's. */
  caSha256: string | null;
  hostname: string;
  version: string;
  /** Sends the request; injected, so that it can be tested without a network. */
  post: (url: URL, body: EnrolRequest) => Promise<HttpAnswer>;
}

/**
 * Exchanges a one-time token for an identity: creates a key, requests a certificate, and checks that it is for that key
 * and from the expected CA. Throws EnrolError.
 */
export async function enrol(input: EnrolInput): Promise<{ identity: Identity; config: AgentSettings }> {
  const keyPem = await makeKeyPem();
  const csrPem = await makeCsrPem(keyPem, input.hostname);
  const { hostname, token, version } = input;
  let answer: HttpAnswer;
  try {
    answer = await input.post(new URL(`${input.apiUrl}/api/v1/enrol`), { token, csrPem, hostname, version });
  } catch (error) {
    throw new EnrolError(`cannot reach ${input.apiUrl}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const body = parseJson(answer.body);
  if (answer.status < 200 || answer.status >= 300) throw new EnrolError(refusal(answer.status, body));
  const parsed = EnrolResponse.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnrolError(`${input.apiUrl} does not answer as agreed (${issue?.path.join('.')}: ${issue?.message})`);
  }
  const { agentId, siteId, certificatePem, caPem, mqttUrl, config } = parsed.data;
  if (!certificateMatchesKey(certificatePem, keyPem)) {
    throw new EnrolError('the certificate that came back is not for the key of this machine');
  }
  checkCa(caPem, input.caSha256);
  return { identity: { agentId, siteId, apiUrl: input.apiUrl, mqttUrl, keyPem, certificatePem, caPem }, config };
}

function checkCa(caPem: string, expected: string | null): void {
  let actual: string;
  try {
    actual = certificateSha256(caPem);
  } catch {
    throw new EnrolError('the CA that came back is not a certificate');
  }
  if (expected !== null && actual !== expected) {
    throw new EnrolError(`the CA that came back has the fingerprint ${actual}, not the one given by --ca-sha256`);
  }
}

function refusal(status: number, body: unknown): string {
  const problem = Problem.safeParse(body);
  if (!problem.success) return `the API answered ${status}`;
  return `${problem.data.title}${problem.data.detail === undefined ? '' : ` ${problem.data.detail}`} (${problem.data.code})`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
