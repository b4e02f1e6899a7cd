/** Ends each obfuscated text; alone it is the empty password, which units show as `$1$gQ==`. */
const END = 0x81;
const MASK = 0x5a;

/** `$1$` and base64, as units show a secret. They take it back in this form, too. */
export function obfuscated(secret: string): string {
  const bytes = Array.from(Buffer.from(secret, 'utf8'), (byte, at) => (byte ^ (MASK + at)) & 0xff);
  return `$1$${Buffer.from([...bytes, END]).toString('base64')}`;
}

/** The secret behind a shown text, or the text itself where it has not this form. */
export function revealed(shown: string): string {
  const coded = /^\$1\$([A-Za-z\d+/=]+)$/.exec(shown)?.[1];
  if (coded === undefined) return shown;
  const bytes = [...Buffer.from(coded, 'base64')];
  if (bytes.pop() !== END) return shown;
  return Buffer.from(bytes.map((byte, at) => (byte ^ (MASK + at)) & 0xff)).toString('utf8');
}
