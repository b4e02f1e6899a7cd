import { FileRefused } from '../engine/refusals.ts';
import { characterName } from '../engine/source-text.ts';

/** A place in a text that only goes on, with its line. */
export class XmlCursor {
  readonly source: string;
  at = 0;
  private line = 1;
  /** Up to where line ends were counted. */
  private counted = 0;

  constructor(source: string) {
    this.source = source;
  }

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** The character here; '' at the end. */
  character(): string {
    return this.source.charAt(this.at);
  }

  isAt(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  skipSpace(): void {
    while (!this.isAtEnd && ' \t\r\n'.includes(this.character())) this.at += 1;
  }

  skipPast(mark: string, what: string): void {
    const end = this.source.indexOf(mark, this.at);
    if (end === -1) this.refuse(what, 'the end of the file');
    this.at = end + mark.length;
  }

  isAtName(): boolean {
    const code = this.source.charCodeAt(this.at);
    return isNameCharacter(code) && !(code >= 0x30 && code <= 0x39) && code !== 0x2d && code !== 0x2e;
  }

  name(what: string): string {
    if (!this.isAtName()) this.refuse(what, this.found());
    return this.nameCharacters();
  }

  /** What a name could consist of, also where it begins with a digit. */
  nameCharacters(): string {
    const start = this.at;
    while (!this.isAtEnd && isNameCharacter(this.source.charCodeAt(this.at))) this.at += 1;
    return this.source.slice(start, this.at);
  }

  found(): string {
    return characterName(this.character());
  }

  /** Of the present place; counts on from where it counted before. */
  lineHere(): number {
    for (; this.counted < this.at; this.counted++) {
      const code = this.source.charCodeAt(this.counted);
      if (code === 10 || (code === 13 && this.source.charCodeAt(this.counted + 1) !== 10)) this.line += 1;
    }
    return this.line;
  }

  refuse(expected: string, found: string): never {
    throw new FileRefused(this.lineHere(), expected, found);
  }
}

/** ASCII letters, digits, `_`, `-`, `.`, `:` and all beyond ASCII. */
function isNameCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x3a) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code >= 0x80
  );
}
