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
  /** Empty: none. */
  otherwise: string;
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
  otherwise: '',
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
  otherwise: connection.otherwise?.role ?? '',
  provisions: connection.provisions,
  active: connection.active,
});

/** What is sent. Places that a rule was given by the API stay while its role does. */
export function bodyOf({ clientSecret, domains, otherwise, ...draft }: ConnectionDraft, before: SsoConnection | null) {
  const kept = before?.otherwise?.role === otherwise ? before.otherwise : { role: otherwise, limitedTo: null };
  return {
    ...draft,
    domains: domains.split(/[\s,;]+/).filter((domain) => domain !== ''),
    otherwise: otherwise === '' ? null : kept,
    ...(clientSecret === '' ? {} : { clientSecret }),
  };
}
