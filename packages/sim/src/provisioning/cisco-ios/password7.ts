/** The reversible form of IOS, `password 7 …`: each byte XORed with a known text from a place that the text begins with. */
const KEY = 'dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87';

export function encoded7(secret: string): string {
  const from = secret.length % 16;
  const bytes = Array.from(Buffer.from(secret, 'utf8'), (byte, at) => byte ^ KEY.charCodeAt((from + at) % KEY.length));
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
  return String(from).padStart(2, '0') + hex;
}

/** The secret behind; null for a text that is no such form. */
export function decoded7(text: string): string | null {
  if (!/^\d\d([\dA-F]{2})*$/i.test(text)) return null;
  const from = Number(text.slice(0, 2));
  const bytes = [...Buffer.from(text.slice(2), 'hex')];
  return Buffer.from(bytes.map((byte, at) => byte ^ KEY.charCodeAt((from + at) % KEY.length))).toString('utf8');
}
