import type { SsoRefusal } from '@loopstart/domain';
import { conflict, ScimError } from './scim-error.ts';

const SENTENCES: Record<SsoRefusal, string> = {
  'member-removed': 'A colleague removed this person: they come back under People alone.',
  'email-missing': 'The person has no e-mail address, and the user name is none.',
  'email-unverified': 'The e-mail address is not verified.',
  'email-domain': 'The e-mail address is not of a domain of this connection.',
  'owner-not-linked': 'The address is that of an owner. Provisioning takes over no owner.',
  'works-elsewhere':
    'The address has an account that works for another organisation, too. Invite the person: they confirm it themselves.',
  'linked-otherwise': 'The address is that of a member whom another resource stands for.',
  'not-a-member': 'The address is of nobody here.',
};
const OF_VALUE: ReadonlySet<SsoRefusal> = new Set(['email-missing', 'email-unverified', 'email-domain']);

/** The answer to a person who is not let in. */
export const refusalError = (reason: SsoRefusal): ScimError =>
  OF_VALUE.has(reason) ? new ScimError(400, SENTENCES[reason], 'invalidValue') : conflict(SENTENCES[reason]);
