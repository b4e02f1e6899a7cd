import { Secret, TOTP } from 'otpauth';

/** The code that an authenticator app with this key shows at a time. */
export const codeOf = (key: string, at = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: at });
