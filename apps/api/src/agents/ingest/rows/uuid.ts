const HEX = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit += 1) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}
const UUID_LENGTH = 36;

/** Whether this is a UUID in its usual form (RFC 9562 section 4), in either case. */
export function isUuid(text: string): boolean {
  if (text.length !== UUID_LENGTH) return false;
  for (let at = 0; at < UUID_LENGTH; at += 1) {
    const code = text.charCodeAt(at);
    const dash = at === 8 || at === 13 || at === 18 || at === 23;
    if (dash ? code !== 45 : code > 127 || HEX[code]! < 0) return false;
  }
  return true;
}

const REMEMBERED_MAX = 100_000;
const remembered = new Map<string, Uint8Array>();

/** The 16 bytes of a UUID; null for anything else. The same few ids occur repeatedly, so they are cached. */
export function uuidBytes(uuid: string): Uint8Array | null {
  const known = remembered.get(uuid);
  if (known !== undefined) return known;
  if (!isUuid(uuid)) return null;
  const bytes = new Uint8Array(Buffer.from(uuid.replaceAll('-', ''), 'hex'));
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(uuid, bytes);
  return bytes;
}
