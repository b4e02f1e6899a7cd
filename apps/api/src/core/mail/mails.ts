import type { LinkPage } from '../session/link-tokens.ts';
import { escapeHtml } from './html.ts';

/** What a mail to a person says. Everything that a person entered is a value here, never part of a sentence's wording. */
export type MailFacts =
  | { kind: 'invitation'; operator: string; by: string; role: string; hours: number }
  | { kind: 'reset'; name: string; minutes: number }
  | { kind: 'password-changed'; name: string; at: string }
  | { kind: 'factor-added' | 'factor-removed'; name: string; factor: string; at: string }
  | { kind: 'codes-renewed'; name: string; at: string }
  | { kind: 'code-used'; name: string; left: number; at: string }
  | { kind: 'factors-reset'; name: string; operator: string; at: string; required: boolean }
  | { kind: 'confirm-email'; name: string; hours: number }
  | { kind: 'email-taken' }
  | { kind: 'email-leaves'; name: string; to: string }
  | { kind: 'joined'; name: string; operator: string }
  | { kind: 'removed'; name: string; operator: string }
  | { kind: 'domain-unproven' | 'domain-missing'; name: string; domain: string; record: string; until: string }
  | { kind: 'domain-lost'; name: string; domain: string; record: string }
  | { kind: 'deletion-requested'; name: string; operator: string; dueAt: string; lines: number };

/** The page that the link of a mail opens; a mail of another kind has none. */
export const LINK_PAGES: Partial<Record<MailFacts['kind'], LinkPage>> = {
  invitation: 'invitation',
  reset: 'reset',
  'confirm-email': 'confirm-email',
};

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

interface Words {
  subject: string;
  lines: string[];
  button?: string;
}

const NOT_YOU = 'If you did not ask for this, you need not do anything.';
const WARN =
  'If this was not you, set a new password at once (“Forgot password?” on the sign-in page) and tell an owner.';

/** The one catalogue of mails to people. */
function wordsOf(facts: MailFacts): Words {
  switch (facts.kind) {
    case 'invitation':
      return {
        subject: `${facts.by} invites you to ${facts.operator} on Loopstart`,
        lines: [
          `${facts.by} invites you to work for ${facts.operator} on Loopstart, as ${facts.role}.`,
          `The link works once, for ${facts.hours} hours.`,
          'If you did not expect this, you need not do anything.',
        ],
        button: 'Accept the invitation',
      };
    case 'reset':
      return {
        subject: 'Set a new password for Loopstart',
        lines: [
          `Hello ${facts.name},`,
          `here you set a new password. The link works once, for ${facts.minutes} minutes. It ends all your sessions.`,
          NOT_YOU,
        ],
        button: 'Set a new password',
      };
    case 'password-changed':
      return {
        subject: 'Your Loopstart password was changed',
        lines: [`Hello ${facts.name},`, `your password was changed at ${facts.at}.`, WARN],
      };
    case 'factor-added':
      return {
        subject: 'A second factor was added to your Loopstart account',
        lines: [`Hello ${facts.name},`, `“${facts.factor}” was added as your second factor at ${facts.at}.`, WARN],
      };
    case 'factor-removed':
      return {
        subject: 'A second factor was removed from your Loopstart account',
        lines: [
          `Hello ${facts.name},`,
          `your second factor “${facts.factor}” was removed at ${facts.at}. It signs you in no more.`,
          WARN,
        ],
      };
    case 'codes-renewed':
      return {
        subject: 'You have new recovery codes for Loopstart',
        lines: [
          `Hello ${facts.name},`,
          `new recovery codes were made for your account at ${facts.at}. The former ones work no more.`,
          WARN,
        ],
      };
    case 'code-used':
      return {
        subject: 'A recovery code of your Loopstart account was used',
        lines: [
          `Hello ${facts.name},`,
          `a recovery code was shown in the place of your second factor at ${facts.at}. Codes that are left: ${facts.left}.`,
          WARN,
        ],
      };
    case 'factors-reset':
      return {
        subject: 'Your second factor at Loopstart was reset',
        lines: [
          `Hello ${facts.name},`,
          `an administrator of ${facts.operator} removed your second factor and your recovery codes at ${facts.at}. ${facts.required ? 'You sign in with your password, and add a new one before anything else opens.' : 'Your password alone signs you in until you add another one.'}`,
          'If you did not ask for this, set a new password at once (“Forgot password?” on the sign-in page) and tell an owner.',
        ],
      };
    case 'confirm-email':
      return {
        subject: 'Confirm your e-mail address for Loopstart',
        lines: [
          `Hello ${facts.name},`,
          `confirm that you sign in to Loopstart with this address from now on. The link works once, for ${facts.hours} hours.`,
          NOT_YOU,
        ],
        button: 'Confirm the address',
      };
    case 'email-taken':
      return {
        subject: 'Your e-mail address was entered at Loopstart',
        lines: [
          'Somebody wanted to move their Loopstart account to this address. It has an account already, so nothing was changed.',
          NOT_YOU,
        ],
      };
    case 'email-leaves':
      return {
        subject: 'Your Loopstart account is to get another e-mail address',
        lines: [
          `Hello ${facts.name},`,
          `your account is to move to ${facts.to}. It does when that address is confirmed.`,
          WARN,
        ],
      };
    case 'joined':
      return {
        subject: `You work for ${facts.operator} on Loopstart now`,
        lines: [`Hello ${facts.name},`, `you accepted the invitation of ${facts.operator}.`, WARN],
      };
    case 'deletion-requested':
      return {
        subject: `${facts.operator} is to be deleted from Loopstart`,
        lines: [
          `Hello ${facts.name},`,
          `the provider of this installation requested that ${facts.operator} is deleted with everything it has. From ${facts.dueAt} on, nobody watches its ${facts.lines} lines any more.`,
          'Until then everything works. You can object: sign in and press “Withdraw the deletion” under Settings → Usage. There you can also export everything.',
        ],
      };
    case 'domain-unproven':
      return {
        subject: `Prove that ${facts.domain} is yours, for single sign-on`,
        lines: [
          `Hello ${facts.name},`,
          `single sign-on is offered to people of ${facts.domain} until ${facts.until}. From then on it is offered only if the domain has this TXT record: ${facts.record}`,
          'Add it where your DNS is kept. Loopstart looks every day; Settings → Single sign-on looks at once.',
        ],
      };
    case 'domain-missing':
      return {
        subject: `The record of ${facts.domain} for single sign-on is missing`,
        lines: [
          `Hello ${facts.name},`,
          `the TXT record that proves that ${facts.domain} is yours was not there when Loopstart looked. Until ${facts.until} nothing changes; if it stays away, single sign-on is not offered to people of the domain from then on. The record: ${facts.record}`,
        ],
      };
    case 'domain-lost':
      return {
        subject: `Single sign-on is not offered to ${facts.domain} any more`,
        lines: [
          `Hello ${facts.name},`,
          `the TXT record of ${facts.domain} was missing for a week. Who was linked before stays a member; owners sign in by password. It is offered again once the domain has this record: ${facts.record}`,
        ],
      };
    case 'removed':
      return {
        subject: `You do not work for ${facts.operator} on Loopstart any more`,
        lines: [`Hello ${facts.name},`, `you were removed from ${facts.operator}. Other operators of yours stay.`],
      };
  }
}

/** A mail as plain text and as simple HTML. A subject is one line, whatever was entered. */
export function mailContent(facts: MailFacts, url: string | null): MailContent {
  const { subject, lines, button } = wordsOf(facts);
  const link = button === undefined || url === null ? [] : ['', `${button}:`, url];
  return {
    subject: oneLine(subject),
    text: [...lines.map(oneLine).flatMap((line, index) => (index === 0 ? [line] : ['', line])), ...link, ''].join('\n'),
    html: [
      ...lines.map((line) => `<p>${escapeHtml(oneLine(line))}</p>`),
      ...(button === undefined || url === null
        ? []
        : [`<p><a href="${escapeHtml(url)}">${escapeHtml(button)}</a></p>`]),
    ].join('\n'),
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
