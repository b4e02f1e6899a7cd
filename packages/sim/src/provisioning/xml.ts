import { ConfigRefused } from './firmware.ts';

/** One element of a configuration; `text` is its own text, without that of its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKEN =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<\/([\w.-]+)\s*>|<([\w.-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/gy;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads XML as strictly as these units: every tag closed by its own name, `&` only in an entity, one root, no document
 * type. Throws ConfigRefused with the line of the first mistake.
 */
export function parseXml(text: string): XmlElement {
  const root: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  const token = new RegExp(TOKEN);
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const refuse = (why: string): never => {
    throw new ConfigRefused(`XML line ${text.slice(0, at).split('\n').length}: ${why}`);
  };
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return refuse('not well-formed');
    const [whole, closing, opening, attributes = '', slash] = match;
    const current = open.at(-1) ?? root;
    if (closing !== undefined) {
      if (open.length === 1 || closing !== current.name) refuse(`</${closing}> closes nothing`);
      open.pop();
    } else if (opening !== undefined) {
      if (open.length === 1 && root.children.length > 0) refuse('a second root');
      const element: Open = { name: opening, attributes: new Map(), children: [], text: '' };
      for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
        element.attributes.set(name, decoded(double ?? single ?? '', refuse));
      }
      current.children.push(element);
      if (slash === '') open.push(element);
    } else if (!whole.startsWith('<')) {
      if (open.length === 1 && whole.trim() !== '') refuse('text outside the root');
      current.text += decoded(whole, refuse);
    }
    at += whole.length;
  }
  const [only] = root.children;
  if (open.length > 1 || only === undefined) return refuse('the document ends too early');
  return only;
}

function decoded(text: string, refuse: (why: string) => never): string {
  return text.replaceAll(/&([^;&\s]{0,10};)?/g, (_, entity: string | undefined) => {
    const name = entity?.slice(0, -1) ?? '';
    const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
    if (code !== null) {
      const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : refuse(`&${name}; is no character`);
    }
    return ENTITIES[name] ?? refuse(`"&${name}" is no entity`);
  });
}

/** Escapes a text for an element or an attribute. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
