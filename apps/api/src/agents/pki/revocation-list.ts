import { X509Crl } from '@peculiar/x509';

/** A list this old is replaced although nothing was revoked: it is valid for seven days, and a few tries may fail. */
const RENEW_AFTER_MS = 86_400_000;

/** The content of a list: its start of validity, and its serials, lower-case hexadecimal without leading zeros. */
export interface RevocationListFacts {
  thisUpdateMs: number;
  serials: ReadonlySet<string>;
}

/** Reads a list (PEM, RFC 5280 section 5); null where it is invalid. */
export function readRevocationList(pem: string): RevocationListFacts | null {
  try {
    const list = new X509Crl(pem);
    return {
      thisUpdateMs: list.thisUpdate.getTime(),
      serials: new Set(list.entries.map(({ serialNumber }) => plainSerial(serialNumber))),
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
  refused: readonly { serial: string; must: boolean }[],
  nowMs: number,
): 'none' | 'changed' | 'old' | null {
  if (present === null) return 'none';
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
