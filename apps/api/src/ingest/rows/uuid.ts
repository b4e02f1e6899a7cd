const HEX = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit += 1) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}
const UUID_LENGTH = 36;

/** Is this a UUID in its usual form (RFC 9562 section 4), in either case? */
export function isUuid(text: string): boolean {
  if (text.length !== UUID_LENGTH) return false;
  for (let at = 0; at < UUID_LENGTH; at += 1) {
    const code = text.charCodeAt(at);
    const dash = at === 8 || at === 13 || at === 18 || at === 23;
    if (dash ? code !== 45 : code > 127 || HEX[code]! < 0) return false;
  }
  return true;
}

/** Calls `put` with each of the 16 bytes. Only for what `isUuid`. */
export function eachUuidByte(uuid: string, put: (byte: number) => void): void {
  for (let at = 0; at < UUID_LENGTH; at += 2) {
    if (uuid.charCodeAt(at) === 45) at += 1;
    put((HEX[uuid.charCodeAt(at)]! << 4) | HEX[uuid.charCodeAt(at + 1)]!);
  }
}
