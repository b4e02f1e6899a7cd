import { type Endpoint, endpoints } from '@loopstart/contracts';
import { rowsOf } from './ingest.ts';

/**
 * Endpoints other than GET whose example call writes no audit entry, each with the reason. Anything else that changes or
 * asks for something is on record: `endpoints.api.spec.ts` calls each endpoint and looks.
 */
export const NOT_AUDITED: ReadonlyMap<Endpoint, string> = new Map<Endpoint, string>([
  [
    endpoints.switchOperator,
    'to the operator where one works already: nothing changes (invitations.api.spec.ts has the other case)',
  ],
  [endpoints.previewConfigImport, 'shows what would be set: nothing changes, and no secret is shown'],
  [endpoints.planConfigDocument, 'says what would be set: nothing changes, and no secret is shown'],
  [endpoints.previewConfigCsv, 'shows what would be set: nothing changes, and no secret is shown'],
  [
    endpoints.takeOverToken,
    'of a token that is the own already: nothing changes (tokens.api.spec.ts has the other case)',
  ],
  [
    endpoints.linkSignOn,
    'sends the browser to its provider: what comes back is on record (single-sign-on.api.spec.ts)',
  ],
  [endpoints.findSignOn, 'reads'],
  [endpoints.checkSsoDomain, 'what DNS did not answer changes nothing (domain-proof.api.spec.ts has what does)'],
  [endpoints.readInvitation, 'reads'],
  [endpoints.readReset, 'reads'],
  [endpoints.estimatePassword, 'keeps nothing'],
  [endpoints.beginPasskey, 'it proves nothing yet: addPasskey is on record'],
  [endpoints.beginPasskeyProof, 'it proves nothing yet: proveAgain is on record'],
  [endpoints.beginTotp, 'it proves nothing yet: confirmTotp is on record'],
  [endpoints.challengeAgentReturn, 'it gives out a random number and changes nothing; the return itself is on record'],
]);

/** Requests without a session, with the spec that shows what they record where they lead to an operator. */
export const WITHOUT_SESSION: ReadonlyMap<Endpoint, string> = new Map<Endpoint, string>([
  [endpoints.signIn, 'session.api.spec.ts'],
  [endpoints.takeSecondStep, 'factors.api.spec.ts'],
  [endpoints.beginPasskeyStep, 'passkeys.api.spec.ts'],
  [endpoints.beginPasskeySignIn, 'passkeys.api.spec.ts'],
  [endpoints.signInByPasskey, 'passkeys.api.spec.ts'],
  [endpoints.beginSignOn, 'single-sign-on.api.spec.ts'],
  [endpoints.enrolAgent, 'enrolment.api.spec.ts'],
  [endpoints.acceptInvitation, 'invitations.api.spec.ts'],
  [endpoints.joinByInvitation, 'invitations.api.spec.ts'],
  [endpoints.confirmEmail, 'accounts.api.spec.ts'],
  [endpoints.askReset, 'accounts.api.spec.ts'],
  [endpoints.useReset, 'accounts.api.spec.ts'],
  [endpoints.setUp, 'setup.api.spec.ts'],
  [endpoints.returnAgent, 'agent-return.api.spec.ts'],
]);

/** The newest audit entry of all operators; an example call is followed by a later one. */
export async function newestEntry(ownerUrl: string): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(ownerUrl, 'select coalesce(max(id), 0)::float8 as id from audit_entry');
  return row!.id;
}

/** What a person who adds an endpoint reads when it writes no audit entry. */
export const howToAudit = ({ id, method, path }: Endpoint): string =>
  `${id} (${method} ${path}) wrote no audit entry in its example call. Make the change through Changes.make ` +
  `(apps/api/src/identity/audit) with a verb of AUDITED (packages/domain/src/audit/audited.ts), or add the endpoint to ` +
  `NOT_AUDITED (apps/api/test/audit-coverage.ts) with the reason why nothing needs to be on record; one without a session goes to WITHOUT_SESSION, with its spec.`;
