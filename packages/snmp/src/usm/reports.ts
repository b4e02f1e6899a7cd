import { SnmpError } from '../wire/errors.ts';
import type { Oid } from '../wire/types.ts';

/** Counters that a Report names (RFC 3414 section 5, RFC 3413 section 4.1.2). */
export const REPORT = {
  'unsupported-level': '1.3.6.1.6.3.15.1.1.1.0',
  'not-in-time-window': '1.3.6.1.6.3.15.1.1.2.0',
  'unknown-user': '1.3.6.1.6.3.15.1.1.3.0',
  'unknown-engine': '1.3.6.1.6.3.15.1.1.4.0',
  'wrong-digest': '1.3.6.1.6.3.15.1.1.5.0',
  'decryption-failed': '1.3.6.1.6.3.15.1.1.6.0',
  'unknown-context': '1.3.6.1.6.3.12.1.5.0',
} as const satisfies Record<string, Oid>;

export type ReportName = keyof typeof REPORT;

/** The error of a Report for the requester. */
export function reportError(oid: Oid): SnmpError {
  switch (oid) {
    case REPORT['unknown-user']:
      return new SnmpError('unknown-user', 'the peer does not know this user');
    case REPORT['not-in-time-window']:
      return new SnmpError('not-in-time-window', 'the peer refuses our notion of its time');
    case REPORT['wrong-digest']:
      return new SnmpError('auth', 'the peer finds our digest wrong: another passphrase or protocol');
    case REPORT['decryption-failed']:
      return new SnmpError('auth', 'the peer cannot decrypt: another privacy passphrase or protocol');
    case REPORT['unsupported-level']:
      return new SnmpError('auth', 'the peer does not offer this security level to this user');
    default:
      return new SnmpError('auth', `the peer refuses with report ${oid}`);
  }
}
