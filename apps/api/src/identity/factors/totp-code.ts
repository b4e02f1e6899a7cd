import { Secret, TOTP } from 'otpauth';

/** 160 bits, as RFC 4226 (section 4, R6) recommends. */
const KEY_BYTES = 20;
const PERIOD_S = 30;
/** Steps before and after the present one: clocks of phones differ, and typing takes time (RFC 6238, section 5.2). */
const WINDOW = 1;
const ISSUER = 'Loopstart';

/** A new key of an authenticator app, in base 32. */
export const newTotpKey = (): string => new Secret({ size: KEY_BYTES }).base32;

/** The address that an app reads from a QR code. SHA-1 with six digits is what every app knows. */
export const totpUri = (key: string, label: string): string => totp(key, label).toString();

/** The time step that a code belongs to; null where it is none of now. */
export function stepOf(key: string, code: string, now: number): number | null {
  const delta = totp(key, '').validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta;
}

const totp = (key: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret: Secret.fromBase32(key) });
