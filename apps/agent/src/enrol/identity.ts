import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../core/json-file.ts';

/** The agent's identity. One file, so that key and certificate always change together. */
export const Identity = z.object({
  agentId: z.uuid(),
  siteId: z.uuid(),
  apiUrl: z.url(),
  mqttUrl: z.string().min(1),
  keyPem: z.string().min(1),
  certificatePem: z.string().min(1),
  caPem: z.string().min(1),
});
export type Identity = z.infer<typeof Identity>;

/** The stored identity, null before enrolment. Throws FileContentError for an invalid file. */
export function readIdentity(path: string): Promise<Identity | null> {
  return readJsonFile(path, Identity);
}

export function writeIdentity(path: string, identity: Identity): Promise<void> {
  return writeJsonFile(path, identity);
}
