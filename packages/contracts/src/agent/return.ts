import { RETURN_REASONS } from '@loopstart/domain';
import { z } from 'zod';

/** What an agent signs with the key of its old certificate to come back (ECDSA or RSA, SHA-256). */
export function returnProofText(challenge: string, csrPem: string): string {
  return `loopstart agent return v1\n${challenge}\n${csrPem}`;
}

export const ReturnChallenge = z.object({
  challenge: z.string().max(1000).describe('To be signed; works once, for five minutes'),
});
export type ReturnChallenge = z.infer<typeof ReturnChallenge>;

export const ReturnRequest = z.object({
  challenge: z.string().min(1).max(1000),
  certificatePem: z.string().min(100).max(8192).describe('The last certificate of the agent, expired or not'),
  csrPem: z.string().min(100).max(8192).describe('PKCS#10 request for the key of that certificate'),
  signature: z.base64().min(1).max(1400).describe('Signature of the challenge and the request by that key'),
  hostname: z.string().min(1).max(255),
  version: z.string().min(1).max(40),
});
export type ReturnRequest = z.infer<typeof ReturnRequest>;

export const ReturnResponse = z.discriminatedUnion('state', [
  z.object({ state: z.literal('renewed'), certificatePem: z.string(), caPem: z.string(), mqttUrl: z.string() }),
  z.object({
    state: z.literal('waiting').describe('A person has to approve; the agent asks again'),
    reason: z.enum(RETURN_REASONS),
    keySha256: z.string(),
  }),
]);
export type ReturnResponse = z.infer<typeof ReturnResponse>;
