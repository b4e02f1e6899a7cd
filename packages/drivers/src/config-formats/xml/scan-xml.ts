/*
 * An own scanner, because a file is written again byte for byte: each element needs the offsets of its tags and of its
 * content, comments and white space stay, and a refusal names the line. Libraries give decoded text (fast-xml-parser), or
 * positions of events without those of attributes and after normalising line ends (saxes). What gateways write is a small
 * part of XML 1.0: no DTD, hence no entities but the five that are predefined, which also ends entity bombs and external
 * entities.
 */
import { decodeEntities } from './entities.ts';
import type { XmlAttribute, XmlElement, XmlNode } from './nodes.ts';
import { XmlCursor } from './xml-cursor.ts';

/** Deeper nesting is refused; the files of gateways have five levels. */
const MAX_DEPTH = 16;

/** More attributes are refused; the files of gateways have one. */
const MAX_ATTRIBUTES = 16;

/** What is not read, and why it is refused. */
const REFUSED = [
  ['<![CDATA[', 'text with entities', 'a CDATA section'],
  ['<!', 'no document type', 'a document type declaration'],
  ['<?', 'an element', 'a processing instruction'],
] as const;

/** An element whose end tag was not read yet. */
interface Open {
  readonly name: string;
  readonly line: number;
  readonly from: number;
  readonly nameEnd: number;
  readonly attributes: readonly XmlAttribute[];
  readonly start: number;
  readonly children: XmlNode[];
  readonly text: string[];
}

/** The root element of a well-formed document, in one pass. Throws `FileRefused`. */
export function scanXml(source: string): XmlElement {
  const cursor = new XmlCursor(source);
  const open: Open[] = [];
  let root: XmlElement | null = null;
  if (cursor.isAt('<?xml')) cursor.skipPast('?>', '"?>" at the end of the XML declaration');
  while (!cursor.isAtEnd) {
    const parent = open.at(-1);
    if (cursor.character() !== '<') text(cursor, parent, root);
    else if (cursor.isAt('<!--')) comment(cursor, parent);
    else if (cursor.isAt('</')) root = endTag(cursor, open) ?? root;
    else {
      for (const [begin, expected, found] of REFUSED) if (cursor.isAt(begin)) cursor.refuse(expected, found);
      if (parent === undefined && root !== null) cursor.refuse('the end of the file', 'a second root element');
      root = startTag(cursor, open) ?? root;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    cursor.refuse(`</${unclosed.name}> for the element of line ${unclosed.line}`, 'the end of the file');
  }
  return root ?? cursor.refuse('an element', 'the end of the file');
}

function text(cursor: XmlCursor, parent: Open | undefined, root: XmlElement | null): void {
  const next = cursor.source.indexOf('<', cursor.at);
  const end = next === -1 ? cursor.source.length : next;
  const raw = cursor.source.slice(cursor.at, end);
  if (parent === undefined && raw.trim() !== '') {
    cursor.refuse(root === null ? 'an element' : 'the end of the file', 'text outside of the root element');
  }
  const decoded = decodeEntities(raw);
  if (typeof decoded !== 'string') {
    cursor.at += decoded.at;
    cursor.refuse('"&amp;", "&lt;", "&gt;", "&quot;", "&apos;" or a character by its number', decoded.found);
  }
  parent?.text.push(decoded);
  cursor.at = end;
}

function comment(cursor: XmlCursor, parent: Open | undefined): void {
  const [from, line] = [cursor.at, cursor.lineHere()];
  cursor.skipPast('-->', '"-->" at the end of the comment');
  parent?.children.push({ comment: cursor.source.slice(from + 4, cursor.at - 3), line, from, to: cursor.at });
}

/** The element, where it is the root and has no end tag. */
function startTag(cursor: XmlCursor, open: Open[]): XmlElement | null {
  const [from, line] = [cursor.at, cursor.lineHere()];
  if (open.length >= MAX_DEPTH) cursor.refuse(`at most ${MAX_DEPTH} levels of elements`, 'another level');
  cursor.at += 1;
  const name = cursor.name('the name of an element');
  const nameEnd = cursor.at;
  const attributes: XmlAttribute[] = [];
  cursor.skipSpace();
  while (cursor.isAtName()) {
    attributes.push(attribute(cursor, attributes));
    cursor.skipSpace();
  }
  const selfClosing = cursor.character() === '/';
  const tagEnd = cursor.at;
  if (selfClosing) cursor.at += 1;
  if (cursor.character() !== '>') cursor.refuse(`">" at the end of <${name}>`, cursor.found());
  cursor.at += 1;
  const element = {
    name,
    line,
    from,
    nameEnd,
    attributes,
    start: selfClosing ? tagEnd : cursor.at,
    children: [],
    text: [],
  };
  if (selfClosing) return close(element, tagEnd, cursor.at, open.at(-1));
  open.push(element);
  return null;
}

/** The element, where it is the root. */
function endTag(cursor: XmlCursor, open: Open[]): XmlElement | null {
  const end = cursor.at;
  const element = open.pop();
  if (element === undefined) return cursor.refuse('the start of an element', 'an end tag');
  cursor.at += 2;
  const name = cursor.nameCharacters();
  cursor.skipSpace();
  const isClosed = cursor.character() === '>';
  if (name !== element.name || !isClosed) {
    const found = isClosed ? `</${name}>` : `</${name} without ">"`;
    cursor.refuse(`</${element.name}> for the element of line ${element.line}`, found);
  }
  cursor.at += 1;
  return close(element, end, cursor.at, open.at(-1));
}

function close(element: Open, end: number, to: number, parent: Open | undefined): XmlElement | null {
  const closed: XmlElement = {
    ...element,
    end,
    to,
    selfClosing: end === element.start && to - end === 2,
    text: element.text.join(''),
  };
  parent?.children.push(closed);
  return parent === undefined ? closed : null;
}

function attribute(cursor: XmlCursor, former: readonly XmlAttribute[]): XmlAttribute {
  if (former.length >= MAX_ATTRIBUTES) cursor.refuse(`at most ${MAX_ATTRIBUTES} attributes`, 'another one');
  const from = cursor.at;
  const name = cursor.name('the name of an attribute');
  if (former.some((other) => other.name === name)) cursor.refuse('each attribute once', `${name} again`);
  cursor.skipSpace();
  if (cursor.character() !== '=') cursor.refuse(`"=" after the attribute ${name}`, cursor.found());
  cursor.at += 1;
  cursor.skipSpace();
  const quote = cursor.character();
  if (quote !== '"' && quote !== "'") cursor.refuse(`a quoted value of the attribute ${name}`, cursor.found());
  const start = cursor.at + 1;
  const end = cursor.source.indexOf(quote, start);
  if (end === -1) cursor.refuse(`the end of the value of the attribute ${name}`, 'the end of the file');
  const raw = cursor.source.slice(start, end);
  const value = raw.includes('<') ? { found: '"<"' } : decodeEntities(raw);
  if (typeof value !== 'string') return cursor.refuse(`the value of the attribute ${name}`, value.found);
  cursor.at = end + 1;
  return { name, value, from, start, end };
}
