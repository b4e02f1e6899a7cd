import { X509Crl } from '@peculiar/x509';

/** A list this old is replaced although nothing was revoked: it is valid for seven days, and a few tries may fail. */
const RENEW_AFTER_MS = 86_400_000;

/** The content of a file of lists, one by each authority: the oldest start of validity, and the serials that all have. */
export interface RevocationListFacts {
  lists: number;
  thisUpdateMs: number;
  serials: ReadonlySet<string>;
}

/** Reads a file of lists (PEM, RFC 5280 section 5); null where there is none or one is invalid. */
export function readRevocationList(pem: string): RevocationListFacts | null {
  try {
    const lists = (pem.match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g) ?? []).map(
      (text) => new X509Crl(text),
    );
    if (lists.length === 0) return null;
    const [first, ...others] = lists.map(({ entries }) => new Set(entries.map((one) => plainSerial(one.serialNumber))));
    return {
      lists: lists.length,
      thisUpdateMs: Math.min(...lists.map(({ thisUpdate }) => thisUpdate.getTime())),
      serials: new Set([...first!].filter((serial) => others.every((one) => one.has(serial)))),
    };
  } catch {
    return null;
  }
}

/**
 * Why a list must be replaced by one with these serials, or null: it need not. Superseded certificates (not `must`) wait
 * for the next list: each renewal of an agent makes one, and a broker keeps every list that it has read in memory. Pure.
 */
export function renewalReason(
  present: RevocationListFacts | null,
  { refused, authorities }: { refused: readonly { serial: string; must: boolean }[]; authorities: number },
  nowMs: number,
): 'none' | 'changed' | 'old' | null {
  if (present === null) return 'none';
  if (present.lists !== authorities) return 'changed';
  const lacks = refused.some(({ serial, must }) => must && !present.serials.has(plainSerial(serial)));
  const known = new Set(refused.map(({ serial }) => plainSerial(serial)));
  if (lacks || [...present.serials].some((serial) => !known.has(serial))) return 'changed';
  const ageMs = nowMs - present.thisUpdateMs;
  return ageMs >= RENEW_AFTER_MS || ageMs < 0 ? 'old' : null;
}

/** A serial in one spelling. */
export function plainSerial(hexadecimal: string): string {
  return hexadecimal.toLowerCase().replace(/^0+(?=.)/, '');
}
