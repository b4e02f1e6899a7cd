import { readFileSync } from 'node:fs';

const VARIABLE = 'LOOPSTART_SECRET_KEY';
const MISSING = `${VARIABLE} or ${VARIABLE}_FILE is missing: 32 random bytes in base64 that encrypt secrets at rest.`;

/** How the keys are given. */
interface Given {
  key: string | undefined;
  file: string | undefined;
  former: string | undefined;
}

/**
 * The installation's secret keys, the current one first. A file is read anew at each call, and where it cannot be read or
 * is wrong then, the keys of the last time count. Throws at first where a key is missing or wrong.
 */
export function makeSecretKeys({ key, file, former }: Given): () => readonly Buffer[] {
  const others = (former ?? '').split(',').map((text) => text.trim());
  const keysOf = (texts: readonly string[]) => [...texts, ...others].filter((text) => text !== '').map(keyOf);
  if (key !== undefined) {
    const keys = keysOf([key]);
    return () => keys;
  }
  if (file === undefined) throw new Error(MISSING);
  const read = (): readonly Buffer[] => keysOf(linesOf(readSecret(`${VARIABLE}_FILE`, file)));
  let last = read();
  return () => {
    try {
      last = read();
    } catch {
      // A file that is written at this instant, or is gone: what was read before still holds.
    }
    return last;
  };
}

/** The text of a file that a variable names. Throws an Error that names the variable. */
export function readSecret(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`${variable} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function linesOf(text: string): string[] {
  const lines = text.split(/\s+/).filter((line) => line !== '');
  if (lines.length === 0) throw new Error(MISSING);
  return lines;
}

function keyOf(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new Error(`${VARIABLE} must be 32 bytes in base64; this is ${key.length} bytes.`);
  return key;
}
