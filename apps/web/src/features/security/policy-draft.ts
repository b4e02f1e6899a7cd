import type { SignInPolicyOf } from '@loopstart/contracts';
import type { z } from 'zod';

type Policy = z.output<typeof SignInPolicyOf>;

/** The policy as a form holds it: numbers and lists as text. */
export interface PolicyDraft {
  requiredFor: Policy['requiredFor'];
  roles: string[];
  ssoCounts: boolean;
  accepts: Policy['accepts'];
  idleMinutes: string;
  sessionHours: string;
  networks: string;
  roleNetworks: { role: string; networks: string }[];
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const draftOf = (policy: Policy): PolicyDraft => ({
  ...policy,
  idleMinutes: policy.idleMinutes?.toString() ?? '',
  sessionHours: String(policy.sessionHours),
  networks: policy.networks.join('\n'),
  roleNetworks: policy.roleNetworks.map(({ role, networks }) => ({ role, networks: networks.join('\n') })),
});

/** What is sent; a number that is none stays as it was typed, for the schema to name. A role without networks is left out. */
export const policyOf = (draft: PolicyDraft): unknown => ({
  ...draft,
  idleMinutes: draft.idleMinutes.trim() === '' ? null : numberOf(draft.idleMinutes),
  sessionHours: numberOf(draft.sessionHours),
  networks: linesOf(draft.networks),
  roleNetworks: draft.roleNetworks
    .map(({ role, networks }) => ({ role, networks: linesOf(networks) }))
    .filter(({ networks }) => networks.length > 0),
});

const numberOf = (text: string): number | string => (/^\d+$/.test(text.trim()) ? Number(text) : text);
