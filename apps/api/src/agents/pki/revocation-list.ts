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

/** Why a list must be replaced by one with these serials, or null: it need not. Pure. */
export function renewalReason(
  present: RevocationListFacts | null,
  wanted: ReadonlySet<string>,
  nowMs: number,
): 'none' | 'changed' | 'old' | null {
  if (present === null) return 'none';
  const isSame = present.serials.size === wanted.size && [...wanted].every((serial) => present.serials.has(serial));
  if (!isSame) return 'changed';
  const ageMs = nowMs - present.thisUpdateMs;
  return ageMs >= RENEW_AFTER_MS || ageMs < 0 ? 'old' : null;
}

/** A serial in one spelling. */
export function plainSerial(hexadecimal: string): string {
  return hexadecimal.toLowerCase().replace(/^0+(?=.)/, '');
}
