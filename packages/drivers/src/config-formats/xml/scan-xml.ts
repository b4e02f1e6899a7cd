/*
 * An own scanner, because a file is written again byte for byte: each element needs the offsets of its tags and of its
 * content, comments and white space stay, and a refusal names the line. Libraries give decoded text (fast-xml-parser), or
 * positions of events without those of attributes and after normalising line ends (saxes). What gateways write is a small
 * part of XML 1.0: no DTD, hence no entities but the five that are predefined, which also ends entity bombs and external
 * entities.
 */
import { FileRefused } from '../engine/refusals.ts';
import { characterName } from '../engine/source-text.ts';
import { decodeEntities } from './entities.ts';

/** Deeper nesting is refused; the files of gateways have five levels. */
const MAX_DEPTH = 16;

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** Of the name. */
  readonly from: number;
  /** Of the value, between the quotes. */
  readonly start: number;
  readonly end: number;
}

export interface XmlElement {
  readonly name: string;
  readonly line: number;
  /** From the `<` of the start tag to behind the `>` of the end tag. */
  readonly from: number;
  readonly to: number;
  /** Behind the name in the start tag: where an attribute can be added. */
  readonly nameEnd: number;
  readonly attributes: readonly XmlAttribute[];
  /** Content between the tags; empty at the `/` of an element without end tag. */
  readonly start: number;
  readonly end: number;
  readonly selfClosing: boolean;
  readonly children: readonly XmlNode[];
  /** Decoded, without that of elements and comments within. */
  readonly text: string;
}

export interface XmlComment {
  readonly comment: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export type XmlNode = XmlElement | XmlComment;

export function isElement(node: XmlNode): node is XmlElement {
  return 'name' in node;
}

interface Open {
  name: string;
  line: number;
  from: number;
  nameEnd: number;
  attributes: XmlAttribute[];
  start: number;
  children: XmlNode[];
  text: string[];
}

/** The root element of a well-formed document, in one pass. Throws `FileRefused`. */
export function scanXml(source: string): XmlElement {
  return new Scanner(source).document();
}

class Scanner {
  private at = 0;
  private line = 1;
  /** Up to where line ends were counted. */
  private counted = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  document(): XmlElement {
    if (this.source.startsWith('<?xml')) this.skipPast('?>', '"?>" at the end of the XML declaration');
    const open: Open[] = [];
    let root: XmlElement | null = null;
    while (this.at < this.source.length) {
      const parent = open.at(-1);
      if (this.source[this.at] !== '<') this.text(parent, root);
      else if (this.source.startsWith('<!--', this.at)) this.comment(parent);
      else if (this.source.startsWith('<![CDATA[', this.at)) this.refuse('text with entities', 'a CDATA section');
      else if (this.source.startsWith('<!', this.at)) this.refuse('no document type', 'a document type declaration');
      else if (this.source.startsWith('<?', this.at)) this.refuse('an element', 'a processing instruction');
      else if (this.source[this.at + 1] === '/') root = this.endTag(open) ?? root;
      else {
        if (parent === undefined && root !== null) this.refuse('the end of the file', 'a second root element');
        root = this.startTag(open) ?? root;
      }
    }
    const unclosed = open.at(-1);
    if (unclosed !== undefined) {
      this.refuse(`</${unclosed.name}> for the element of line ${unclosed.line}`, 'the end of the file');
    }
    return root ?? this.refuse('an element', 'the end of the file');
  }

  private text(parent: Open | undefined, root: XmlElement | null): void {
    const next = this.source.indexOf('<', this.at);
    const end = next === -1 ? this.source.length : next;
    const raw = this.source.slice(this.at, end);
    if (parent === undefined && raw.trim() !== '') {
      this.refuse(root === null ? 'an element' : 'the end of the file', 'text outside of the root element');
    }
    const decoded = decodeEntities(raw);
    if (typeof decoded !== 'string') {
      this.at += decoded.at;
      this.refuse('"&amp;", "&lt;", "&gt;", "&quot;", "&apos;" or a character by its number', decoded.found);
    }
    parent?.text.push(decoded);
    this.at = end;
  }

  private comment(parent: Open | undefined): void {
    const [from, line] = [this.at, this.lineHere()];
    this.skipPast('-->', '"-->" at the end of the comment');
    const comment = this.source.slice(from + 4, this.at - 3);
    parent?.children.push({ comment, line, from, to: this.at });
  }

  private startTag(open: Open[]): XmlElement | null {
    const [from, line] = [this.at, this.lineHere()];
    if (open.length >= MAX_DEPTH) this.refuse(`at most ${MAX_DEPTH} levels of elements`, 'another level');
    this.at += 1;
    const name = this.name('the name of an element');
    const nameEnd = this.at;
    const attributes: XmlAttribute[] = [];
    while (this.skipSpace() && this.isNameStart()) attributes.push(this.attribute(attributes));
    const selfClosing = this.source[this.at] === '/';
    const tagEnd = this.at;
    if (selfClosing) this.at += 1;
    if (this.source[this.at] !== '>') this.refuse(`">" at the end of <${name}>`, this.found());
    this.at += 1;
    const element: Open = { name, line, from, nameEnd, attributes, start: this.at, children: [], text: [] };
    if (selfClosing) return this.close({ ...element, start: tagEnd }, tagEnd, true, open.at(-1));
    open.push(element);
    return null;
  }

  private endTag(open: Open[]): XmlElement | null {
    const start = this.at;
    const element = open.pop();
    if (element === undefined) this.refuse('the start of an element', 'an end tag');
    this.at += 2;
    const nameAt = this.at;
    while (this.at < this.source.length && isNameCharacter(this.source.charCodeAt(this.at))) this.at += 1;
    const name = this.source.slice(nameAt, this.at);
    this.skipSpace();
    if (name !== element.name || this.source[this.at] !== '>') {
      const found = this.source[this.at] === '>' ? `</${name}>` : `</${name} without ">"`;
      this.refuse(`</${element.name}> for the element of line ${element.line}`, found);
    }
    this.at += 1;
    return this.close(element, start, false, open.at(-1));
  }

  private close(element: Open, end: number, selfClosing: boolean, parent: Open | undefined): XmlElement | null {
    const closed: XmlElement = { ...element, end, to: this.at, selfClosing, text: element.text.join('') };
    parent?.children.push(closed);
    return parent === undefined ? closed : null;
  }

  private attribute(former: readonly XmlAttribute[]): XmlAttribute {
    const from = this.at;
    const name = this.name('the name of an attribute');
    if (former.some((attribute) => attribute.name === name)) this.refuse('each attribute once', `${name} again`);
    this.skipSpace();
    if (this.source[this.at] !== '=') this.refuse(`"=" after the attribute ${name}`, this.found());
    this.at += 1;
    this.skipSpace();
    const quote = this.source[this.at];
    if (quote !== '"' && quote !== "'") this.refuse(`a quoted value of the attribute ${name}`, this.found());
    const start = this.at + 1;
    const end = this.source.indexOf(quote, start);
    const raw = this.source.slice(start, end === -1 ? undefined : end);
    if (end === -1) this.refuse(`the end of the value of the attribute ${name}`, 'the end of the file');
    const value = raw.includes('<') ? { found: '"<"' } : decodeEntities(raw);
    if (typeof value !== 'string') return this.refuse(`the value of the attribute ${name}`, value.found);
    this.at = end + 1;
    return { name, value, from, start, end };
  }

  private name(what: string): string {
    if (!this.isNameStart()) this.refuse(what, this.found());
    const start = this.at;
    while (this.at < this.source.length && isNameCharacter(this.source.charCodeAt(this.at))) this.at += 1;
    return this.source.slice(start, this.at);
  }

  private isNameStart(): boolean {
    const code = this.source.charCodeAt(this.at);
    return isNameCharacter(code) && !(code >= 0x30 && code <= 0x39) && code !== 0x2d && code !== 0x2e;
  }

  private skipSpace(): boolean {
    while (' \t\r\n'.includes(this.source[this.at] ?? '-')) this.at += 1;
    return true;
  }

  private skipPast(mark: string, what: string): void {
    const end = this.source.indexOf(mark, this.at);
    if (end === -1) this.refuse(what, 'the end of the file');
    this.at = end + mark.length;
  }

  private found(): string {
    return characterName(this.source.slice(this.at, this.at + 1));
  }

  /** Of the present offset; counts on from where it counted before. */
  private lineHere(): number {
    for (; this.counted < this.at; this.counted++) {
      const code = this.source.charCodeAt(this.counted);
      if (code === 10 || (code === 13 && this.source.charCodeAt(this.counted + 1) !== 10)) this.line += 1;
    }
    return this.line;
  }

  private refuse(expected: string, found: string): never {
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
