import { z } from 'zod';
import { AgentSettings } from './down/agent-settings.ts';

export const EnrolRequest = z.object({
  token: z.string().min(20).max(200),
  /** PKCS#10 request for a key that never leaves the site; its subject is ignored. */
  csrPem: z.string().min(100).max(8192),
  hostname: z.string().min(1).max(255),
  version: z.string().min(1).max(40),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const EnrolResponse = z.object({
  agentId: z.uuid(),
  siteId: z.uuid(),
  certificatePem: z.string(),
  /** The CA that signs agents and the broker. */
  caPem: z.string(),
  mqttUrl: z.string(),
  config: AgentSettings,
});
export type EnrolResponse = z.infer<typeof EnrolResponse>;
