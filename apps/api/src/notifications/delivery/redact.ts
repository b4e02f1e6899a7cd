/** How much of an answer is kept. */
export const KEPT_BYTES = 1_024;

/**
 * How much of a text is searched for secrets; redaction shortens a text by far less than the difference to the stored
 * size.
 */
const SEARCHED_CHARACTERS = 4 * KEPT_BYTES;

/**
 * Headers, JSON members and parameters that carry secrets, with their values. Names are bounded in length: otherwise a
 * receiver could keep the process busy for seconds with one long word.
 */
const NAMED_SECRETS =
  /("?(?:[\w-]{0,64}(?:password|passwd|secret|token|api[_-]?key|routing[_-]?key|authorization|signature)[\w-]{0,64})"?\s{0,8}[:=]\s{0,8})("(?:[^"\\]|\\.)*(?:"|$)|[^\s,;&"}]+(?:\s+[A-Za-z0-9+/=._-]{16,})?)/gi;
const SCHEMES = /\b(bearer|basic|geniekey)\s+[A-Za-z0-9+/=._~-]+/gi;
const KEYS = /\bwh(?:sec|sk)_[A-Za-z0-9+/=]+/g;
/** NUL cannot be stored; the other control characters only confuse terminals. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** The beginning of a text with secrets redacted: the given ones, and values whose name is that of a secret. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  // Longest first: a secret may be part of another.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length))
    if (secret.length >= 4) clean = clean.replaceAll(secret, '•••');
  clean = clean.slice(0, SEARCHED_CHARACTERS);
  clean = clean.replace(KEYS, '•••').replace(NAMED_SECRETS, '$1•••').replace(SCHEMES, '$1 •••').replace(CONTROLS, '');
  return cut(clean, KEPT_BYTES);
}

/** At most so many bytes of UTF-8, without half a character at the end. */
function cut(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= bytes) return text;
  return new TextDecoder().decode(encoded.subarray(0, bytes), { stream: true });
}
