import { NO_EVIDENCE, type Occurrence, type Scan } from '../engine/document.ts';
import { FileRefused } from '../engine/refusals.ts';
import type { SourceText } from '../engine/source-text.ts';
import { wholeLine } from '../engine/spans.ts';
import { secretFormOf } from '../engine/values.ts';
import type { ConfigKey } from '../format.ts';
import { elementOccurrence } from '../xml/element-values.ts';
import { isElement, type XmlComment, type XmlElement } from '../xml/nodes.ts';
import { scanXml } from '../xml/scan-xml.ts';

export interface FlatProfileStructure {
  /** Elements that hold other elements, by path; the profile itself is ''. */
  readonly containers: ReadonlyMap<ConfigKey, XmlElement>;
  readonly leaves: ReadonlyMap<ConfigKey, XmlElement>;
}

/** An element within a comment: how the unit writes a value that it does not show. */
const MASKED = /^\s*<([A-Za-z_][\w.-]{0,200})(?: [^<>]{0,100})?(?:\/>|>[^<]{0,500}<\/\1>)\s*$/;

export function scanFlatProfile(source: SourceText): Scan<FlatProfileStructure> {
  const root = scanXml(source.text);
  const profile = profileIn(root);
  if (profile === null) throw new FileRefused(root.line, 'the element flat-profile', `the element ${root.name}`);
  const containers = new Map<ConfigKey, XmlElement>();
  const leaves = new Map<ConfigKey, XmlElement>();
  const occurrences: Occurrence[] = [];
  const walk = (element: XmlElement, path: ConfigKey) => {
    containers.set(path, element);
    for (const child of element.children) {
      const key = isElement(child) ? join(path, child.name) : join(path, MASKED.exec(child.comment)?.[1] ?? '');
      if (isElement(child) && isContainer(child)) walk(child, key);
      else if (isElement(child)) {
        leaves.set(key, child);
        occurrences.push(elementOccurrence(source.text, child, key, secretFormOf(child.name)), ...access(child, key));
      } else if (MASKED.test(child.comment)) occurrences.push(masked(source.text, child, key));
    }
  };
  walk(profile, '');
  const evidence = { ...NO_EVIDENCE, hostName: valueOf(occurrences, 'Host_Name') };
  return { occurrences, notes: [], ending: 'marked', evidence, structure: { containers, leaves } };
}

/** One with elements in it, or an empty one of several lines: values are on one line. */
function isContainer({ children, text }: XmlElement): boolean {
  return children.some(isElement) || (text.trim() === '' && /[\r\n]/.test(text));
}

function join(path: ConfigKey, name: string): ConfigKey {
  return path === '' ? name : `${path}/${name}`;
}

/** The profile may be inside of other elements; those beside it are ignored, as by the unit. */
function profileIn(element: XmlElement): XmlElement | null {
  if (element.name === 'flat-profile') return element;
  for (const child of element.children) {
    const found = isElement(child) ? profileIn(child) : null;
    if (found !== null) return found;
  }
  return null;
}

/** The attribute `ua`: what the login of a user, not of an administrator, may do with the value. */
function access(element: XmlElement, key: ConfigKey): Occurrence[] {
  return element.attributes
    .filter(({ name }) => name === 'ua')
    .map(({ value, from, start, end }) => ({
      key: `${key}@ua`,
      label: `${key}@ua`,
      value,
      line: element.line,
      secret: 'none',
      start,
      end,
      from: from - 1,
      to: end + 1,
    }));
}

function masked(text: string, { line, from, to }: XmlComment, key: ConfigKey): Occurrence {
  return { key, label: key, value: null, line, secret: 'masked', start: from, end: to, ...wholeLine(text, from, to) };
}

function valueOf(occurrences: readonly Occurrence[], name: string): string | null {
  const value = occurrences.find(({ key }) => key === name || key.endsWith(`/${name}`))?.value ?? null;
  return value === '' ? null : value;
}
