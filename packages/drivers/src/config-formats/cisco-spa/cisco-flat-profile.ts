import { defineFormat } from '../engine/define-format.ts';
import type { Creation } from '../engine/format-description.ts';
import type { ConfigDocument, Occurrence } from '../engine/document.ts';
import type { Edit } from '../engine/edits.ts';
import { lineEndOf } from '../engine/lines.ts';
import { ChangeRefused } from '../engine/refusals.ts';
import { indentBefore, wholeLine } from '../engine/spans.ts';
import type { ConfigChange, ConfigFormat, ConfigKey, IncrementalContext } from '../format.ts';
import { FORMAT_NAMES } from '../signatures.ts';
import { writeElement, writeElementValue } from '../xml/element-values.ts';
import type { XmlElement } from '../xml/nodes.ts';
import { type FlatProfileStructure, scanFlatProfile } from './scan-flat-profile.ts';

export type FlatProfileDocument = ConfigDocument<FlatProfileStructure>;

/**
 * Profiles of SPA112/122 and ATA191/192 (multiplatform): `flat-profile` with one element a parameter, named as the web
 * page of the unit with `_` for spaces and brackets, and `router-configuration` with elements in elements. What a
 * profile leaves out stays unchanged on the unit. Passwords are read back within comments, hence as masked.
 */
export const ciscoFlatProfile: ConfigFormat<FlatProfileDocument> = defineFormat<FlatProfileStructure>({
  id: 'cisco-flat-profile',
  name: FORMAT_NAMES['cisco-flat-profile'],
  absentMeans: 'unchanged',
  separators: ['/', '@'],
  scan: scanFlatProfile,
  write,
  create,
  remove,
  incremental,
});

function write(document: FlatProfileDocument, occurrence: Occurrence, value: string): string {
  if (occurrence.key.endsWith('@ua')) return accessValue(occurrence.key, value);
  if (occurrence.secret === 'masked') return writeElement(occurrence.key, value);
  return writeElementValue(document.source.text, occurrence, value);
}

function accessValue(key: ConfigKey, value: string): string {
  if (value === 'na' || value === 'ro' || value === 'rw') return value;
  throw new ChangeRefused(key, `${key} can be na, ro or rw`);
}

function create(document: FlatProfileDocument, creations: readonly Creation[], removed: readonly ConfigKey[]): Edit[] {
  const { containers, leaves } = document.structure;
  const access = new Map(creations.flatMap(({ key, value }) => (key.endsWith('@ua') ? [[elementOf(key), value]] : [])));
  const elements = creations.filter(({ key }) => !key.endsWith('@ua'));
  const created = new Set(elements.map(({ key }) => key));
  const edits = elements.map(({ key, value }) => {
    const path = key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : '';
    const container = containers.get(path);
    if (container === undefined) throw new ChangeRefused(key, `the profile has no element ${path} to put ${key} in`);
    if (containers.has(key)) throw new ChangeRefused(key, `${key} holds other elements, and no value`);
    return insertion(document, container, writeElement(key, value, accessText(key, access.get(key))));
  });
  for (const [element, value] of access) {
    const at = leaves.get(element)?.nameEnd;
    if (created.has(element)) continue;
    if (at === undefined || removed.includes(element)) {
      throw new ChangeRefused(`${element}@ua`, `the profile shows no element ${element} that could have an attribute`);
    }
    edits.push({ from: at, to: at, text: accessText(element, value) });
  }
  return edits;
}

function remove({ source, structure }: FlatProfileDocument, removed: readonly ConfigKey[]): Edit[] {
  return removed.flatMap((key) => {
    const container = key === '' ? undefined : structure.containers.get(key);
    return container === undefined ? [] : [{ ...wholeLine(source.text, container.from, container.to), text: '' }];
  });
}

function elementOf(key: ConfigKey): ConfigKey {
  return key.slice(0, key.lastIndexOf('@'));
}

function accessText(element: ConfigKey, value: string | undefined): string {
  return value === undefined ? '' : ` ua="${accessValue(`${element}@ua`, value)}"`;
}

/** Behind the last value of the container, before what is nested in it. */
function insertion({ source, structure }: FlatProfileDocument, container: XmlElement, text: string): Edit {
  const { lineEnd } = lineEndOf(source.text);
  const leaves = new Set<unknown>(structure.leaves.values());
  const last = container.children.findLast((child) => leaves.has(child));
  const indent = indentBefore(source.text, last?.from ?? container.from);
  const at = last?.to ?? container.start;
  return { from: at, to: at, text: `${lineEnd}${indent}${text}` };
}

function incremental(changes: readonly ConfigChange[], { document }: IncrementalContext<FlatProfileDocument>): string {
  const values = new Map<ConfigKey, string>();
  for (const change of changes) {
    if (change.kind === 'remove') {
      const reason = `${change.key} cannot be removed: the unit keeps a parameter that a profile leaves out`;
      throw new ChangeRefused(change.key, reason);
    }
    values.set(change.key, change.value);
  }
  const elements = new Set([...values.keys()].map((key) => (key.endsWith('@ua') ? elementOf(key) : key)));
  const read = (key: ConfigKey) => values.get(key) ?? document?.settings.get(key)?.value ?? undefined;
  const written = [...elements].map((key) => {
    const value = read(key);
    if (value !== undefined) return { key, text: writeElement(key, value, accessText(key, read(`${key}@ua`))) };
    throw new ChangeRefused(`${key}@ua`, `${key} has to be set with its attribute: its value is not known`);
  });
  return `<?xml version="1.0"?>\n<flat-profile>\n${nest(written, '')}</flat-profile>\n`;
}

/** Elements by their paths, each container once. */
function nest(elements: readonly { key: ConfigKey; text: string }[], path: ConfigKey): string {
  const inside = elements.map((element) => ({
    ...element,
    rest: element.key.slice(path === '' ? 0 : path.length + 1),
  }));
  const leaves = inside.filter(({ rest }) => !rest.includes('/')).map(({ text }) => `${text}\n`);
  const groups = Map.groupBy(
    inside.filter(({ rest }) => rest.includes('/')),
    ({ rest }) => rest.slice(0, rest.indexOf('/')),
  );
  const nested = [...groups].map(([name, group]) => {
    const key = path === '' ? name : `${path}/${name}`;
    return `<${elementNameOf(key, name)}>\n${nest(group, key)}</${name}>\n`;
  });
  return [...leaves, ...nested].join('');
}

function elementNameOf(key: ConfigKey, name: string): string {
  if (/^[A-Za-z_][\w.-]*$/.test(name)) return name;
  throw new ChangeRefused(key, `${name} cannot be the name of an element`);
}
