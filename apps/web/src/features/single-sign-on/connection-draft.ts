import type { SsoConnection } from '@loopstart/contracts';

interface DraftRule {
  group: string;
  role: string;
  limitedTo: SsoConnection['rules'][number]['limitedTo'];
}

/** A connection as its form has it: texts as they are typed. */
export interface ConnectionDraft {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  domains: string;
  groupsClaim: string;
  rules: DraftRule[];
  /** An empty role: none. */
  otherwise: Omit<DraftRule, 'group'>;
  provisions: boolean;
  active: boolean;
}

export const EMPTY_CONNECTION: ConnectionDraft = {
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  domains: '',
  groupsClaim: 'groups',
  rules: [],
  otherwise: { role: '', limitedTo: null },
  provisions: false,
  active: true,
};

export const draftOf = (connection: SsoConnection): ConnectionDraft => ({
  name: connection.name,
  issuer: connection.issuer,
  clientId: connection.clientId,
  clientSecret: '',
  domains: connection.domains.join(', '),
  groupsClaim: connection.groupsClaim,
  rules: connection.rules.map((rule) => ({ ...rule })),
  otherwise: connection.otherwise ?? { role: '', limitedTo: null },
  provisions: connection.provisions,
  active: connection.active,
});

/** What is sent. */
export function bodyOf({ clientSecret, domains, otherwise, ...draft }: ConnectionDraft) {
  return {
    ...draft,
    domains: domains.split(/[\s,;]+/).filter((domain) => domain !== ''),
    otherwise: otherwise.role === '' ? null : otherwise,
    ...(clientSecret === '' ? {} : { clientSecret }),
  };
}
