import { ConfigRefused } from '../firmware.ts';
import { escapeXml, parseXml, type XmlElement } from '../xml.ts';
import { isSecret } from './parameters.ts';

/**
 * Reads a flat profile, which may stand inside other elements: parameters in the order of the file, nested ones with
 * the path of their groups. Throws ConfigRefused for malformed XML or a file without a profile.
 */
export function readProfile(text: string): [key: string, value: string][] {
  const profile = find(parseXml(text));
  if (profile === null) throw new ConfigRefused('there is no <flat-profile>');
  return profile.children.flatMap((element) => leaves(element, ''));
}

function find(element: XmlElement): XmlElement | null {
  if (element.name === 'flat-profile') return element;
  for (const child of element.children) {
    const found = find(child);
    if (found !== null) return found;
  }
  return null;
}

function leaves({ name, children, text }: XmlElement, path: string): [string, string][] {
  const own = path + name;
  return children.length === 0 ? [[own, text]] : children.flatMap((child) => leaves(child, `${own}/`));
}

/** The unit's own file: every parameter with its name, secret ones as comments without their values. */
export function writeProfile(values: Iterable<readonly [key: string, value: string]>): string {
  const lines: string[] = ['<?xml version="1.0"?>', '<flat-profile>'];
  let groups: string[] = [];
  const enter = (wanted: string[]) => {
    while (groups.some((group, at) => wanted[at] !== group)) lines.push(`</${groups.pop()}>`);
    for (const group of wanted.slice(groups.length)) lines.push(`<${group}>`);
    groups = wanted;
  };
  for (const [key, value] of values) {
    const path = key.split('/');
    const name = path.pop() ?? '';
    enter(path);
    lines.push(isSecret(key) ? `<!-- <${name}></${name}> -->` : `<${name} ua="na">${escapeXml(value)}</${name}>`);
  }
  enter([]);
  return `${lines.join('\n')}\n</flat-profile>\n`;
}
