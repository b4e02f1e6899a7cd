/** Where the text of a digit map is wrong. */
export interface MapError {
  /** 1-based row of a map that has several texts, such as a route or a dial peer; 1 otherwise. */
  readonly line: number;
  /** 1-based character of the text. */
  readonly position: number;
  readonly expected: string;
  /** What stands there; null at the end. */
  readonly found: string | null;
}

/** Thrown by readers, and turned into a `MapError` by `readMap`. */
export class MapSyntaxError extends Error {
  readonly error: MapError;
  constructor(error: MapError) {
    super(`line ${error.line}, character ${error.position}: expected ${error.expected}`);
    this.error = error;
  }
}

/** Longest text of one map that is read, in characters. No vendor takes more than 2,047. */
export const MAP_TEXT_MAX = 4096;

/** Reads a text character by character. */
export class Reader {
  at = 0;
  readonly text: string;
  readonly line: number;

  constructor(text: string, line = 1) {
    this.text = text;
    this.line = line;
    if (text.length > MAP_TEXT_MAX) {
      this.at = MAP_TEXT_MAX;
      this.fail(`at most ${MAP_TEXT_MAX} characters`);
    }
  }

  get peek(): string {
    return this.text[this.at] ?? '';
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  take(): string {
    const character = this.peek;
    this.at += 1;
    return character;
  }

  /** Takes the character if it is one of `characters`. */
  takeIf(characters: string): boolean {
    if (this.done || !characters.includes(this.peek)) return false;
    this.at += 1;
    return true;
  }

  skipBlanks(): void {
    while (this.takeIf(' \t\r\n'));
  }

  expect(character: string): void {
    if (!this.takeIf(character)) this.fail(character);
  }

  /** Digits as a number; null where there are none. */
  number(): number | null {
    let digits = '';
    while (/^\d$/.test(this.peek) && digits.length < 6) digits += this.take();
    return digits === '' ? null : Number(digits);
  }

  fail(expected: string, at = this.at): never {
    const found = this.text[at] ?? null;
    throw new MapSyntaxError({ line: this.line, position: at + 1, expected, found });
  }
}

export type ReadMap<T> = { readonly ok: true; readonly program: T } | { readonly ok: false; readonly error: MapError };

export function readMap<T>(read: () => T): ReadMap<T> {
  try {
    return { ok: true, program: read() };
  } catch (error) {
    if (error instanceof MapSyntaxError) return { ok: false, error: error.error };
    throw error;
  }
}
