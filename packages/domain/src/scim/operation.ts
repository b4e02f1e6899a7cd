import type { ScimFilter } from './filter.ts';
import { PatchRefusal } from './refusal.ts';
import { DIRECTORY_TEXT_MAX } from './person.ts';

/** Where an operation of a patch points, in lower case; of the core schema without its URN. */
export interface PatchPath {
  attribute: string;
  filter: ScimFilter | null;
  sub: string | null;
}

/** One operation as it arrived. */
export interface PatchOperation {
  op: 'add' | 'replace' | 'remove';
  path?: string | undefined;
  value?: unknown;
}

/** Reads a path; null where it is none. An argument, since this package imports no parser. */
export type ReadPath = (text: string) => PatchPath | null;

/** An operation on one attribute. */
export interface PatchStep {
  op: PatchOperation['op'];
  path: PatchPath;
  value: unknown;
  /** It stood in an object without a path of its own, where attributes that nobody may write are ignored. */
  inObject: boolean;
}

/** The steps of a patch: an operation without a path stands for one on each attribute of its value. Throws PatchRefusal. */
export function stepsOf(operations: readonly PatchOperation[], read: ReadPath): PatchStep[] {
  return operations.flatMap(({ op, path, value }): PatchStep[] => {
    if (op !== 'remove' && value === undefined)
      throw new PatchRefusal('invalidValue', `The operation "${op}" needs a value.`);
    if (path !== undefined) return [{ op, path: readOr(path, read), value, inObject: false }];
    if (op === 'remove') throw new PatchRefusal('noTarget', 'The operation "remove" needs a path.');
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new PatchRefusal('invalidValue', 'Without a path the value is an object of attributes.');
    return Object.entries(value).map(([key, one]) => ({ op, path: readOr(key, read), value: one, inObject: true }));
  });
}

function readOr(text: string, read: ReadPath): PatchPath {
  const path = read(text);
  if (path === null) throw new PatchRefusal('invalidPath', `"${text.slice(0, 100)}" is no path of an attribute.`);
  return path;
}

/** A text of a patch; null and an empty one stand for none. Throws PatchRefusal. */
export function textOf(value: unknown, attribute: string): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string' || value.length > DIRECTORY_TEXT_MAX || value.includes('\0'))
    throw new PatchRefusal('invalidValue', `"${attribute}" is a text of at most ${DIRECTORY_TEXT_MAX} characters.`);
  return value;
}

/** A text that must be there. Throws PatchRefusal. */
export function neededText(value: unknown, attribute: string): string {
  const text = textOf(value, attribute);
  if (text === null) throw new PatchRefusal('invalidValue', `"${attribute}" is needed.`);
  return text;
}

/** A switch, which Entra ID sends as the text "True" or "False". Null where it is neither. */
export function switchOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : null;
  return text === 'true' || text === 'false' ? text === 'true' : null;
}

/** Refuses what nobody may write, and what is not there. */
export function refuseUnknown({ path, inObject }: PatchStep): void {
  const { attribute } = path;
  // An extension of theirs, which a resource may have beside ours.
  if (inObject && attribute.startsWith('urn:')) return;
  if (READ_ONLY.has(attribute)) {
    if (inObject) return;
    throw new PatchRefusal('mutability', `"${attribute}" cannot be written.`);
  }
  throw new PatchRefusal('invalidPath', `"${attribute.slice(0, 100)}" is no attribute here.`);
}

const READ_ONLY = new Set(['id', 'meta', 'schemas', 'groups']);
