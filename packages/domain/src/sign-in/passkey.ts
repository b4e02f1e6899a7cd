/**
 * Whether a passkey counts backwards: its private key was copied, and the copy signed in between. A device that does not
 * count says 0 each time, as synchronised passkeys do, and says nothing by it (WebAuthn Level 3, section 6.1.1).
 */
export const isCounterBehind = (kept: number, shown: number): boolean => (kept > 0 || shown > 0) && shown <= kept;
