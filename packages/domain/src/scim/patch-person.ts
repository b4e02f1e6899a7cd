import {
  neededText,
  type PatchOperation,
  type PatchStep,
  type ReadPath,
  refuseUnknown,
  stepsOf,
  switchOf,
  textOf,
} from './operation.ts';
import { patchEmails } from './patch-emails.ts';
import type { DirectoryPerson } from './person.ts';
import { PatchRefusal } from './refusal.ts';

type Text = 'externalId' | 'displayName' | 'givenName' | 'familyName' | 'formattedName';

const TEXTS: Readonly<Record<string, Text>> = {
  externalid: 'externalId',
  displayname: 'displayName',
  'name.givenname': 'givenName',
  'name.familyname': 'familyName',
  'name.formatted': 'formattedName',
};

/** What RFC 7643 has of people and is not kept: directories send it unasked, and a refusal would keep a person out. */
const NOT_KEPT = new Set([
  'name.middlename',
  'name.honorificprefix',
  'name.honorificsuffix',
  'nickname',
  'profileurl',
  'title',
  'usertype',
  'preferredlanguage',
  'locale',
  'timezone',
  'password',
  'phonenumbers',
  'ims',
  'photos',
  'addresses',
  'entitlements',
  'roles',
  'x509certificates',
]);
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';

/** The person after a patch: all of it, or a PatchRefusal is thrown. */
export function patchPerson(
  person: DirectoryPerson,
  operations: readonly PatchOperation[],
  read: ReadPath,
): DirectoryPerson {
  return stepsOf(operations, read).reduce((now, step) => take(now, step), person);
}

function take(person: DirectoryPerson, step: PatchStep): DirectoryPerson {
  const { attribute, filter, sub } = step.path;
  if (attribute === 'emails') return { ...person, emails: patchEmails(person.emails, step) };
  if (NOT_KEPT.has(attribute) || attribute.startsWith(ENTERPRISE)) return person;
  if (filter !== null) throw new PatchRefusal('invalidPath', `"${attribute.slice(0, 100)}" is no list.`);
  const name = sub === null ? attribute : `${attribute}.${sub}`;
  if (NOT_KEPT.has(name)) return person;
  if (name === 'name') return takeName(person, step);
  if (name === 'username') return { ...person, userName: neededText(valueOf(step), 'userName') };
  if (name === 'active') return { ...person, active: activeOf(step) };
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  if (text !== undefined) return { ...person, [text]: textOf(valueOf(step), name) };
  refuseUnknown({ ...step, path: { ...step.path, attribute: name } });
  return person;
}

const valueOf = ({ op, value }: PatchStep): unknown => (op === 'remove' ? null : value);

function activeOf({ op, value }: PatchStep): boolean {
  const active = op === 'remove' ? null : switchOf(value);
  if (active === null) throw new PatchRefusal('invalidValue', '"active" is true or false.');
  return active;
}

function takeName(person: DirectoryPerson, step: PatchStep): DirectoryPerson {
  const value = valueOf(step);
  if (value === null) return { ...person, givenName: null, familyName: null, formattedName: null };
  if (typeof value !== 'object' || Array.isArray(value)) throw new PatchRefusal('invalidValue', '"name" is an object.');
  return Object.entries(value as object).reduce(
    (now, [key, one]) =>
      take(now, { ...step, value: one, path: { attribute: 'name', filter: null, sub: key.toLowerCase() } }),
    person,
  );
}
