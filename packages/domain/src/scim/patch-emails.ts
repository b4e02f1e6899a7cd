import { demandsOf, matchesElement } from './filter.ts';
import { type PatchStep, neededText, switchOf, textOf } from './operation.ts';
import { type DirectoryEmail, DIRECTORY_EMAILS_MAX } from './person.ts';
import { PatchRefusal } from './refusal.ts';

type Emails = readonly DirectoryEmail[];

/** The addresses after one step of a patch. Throws PatchRefusal. */
export function patchEmails(emails: Emails, step: PatchStep): Emails {
  const next = step.path.filter === null ? wholeList(emails, step) : selected(emails, step);
  if (next.length > DIRECTORY_EMAILS_MAX)
    throw new PatchRefusal('invalidValue', `"emails" has at most ${DIRECTORY_EMAILS_MAX} entries.`);
  return next;
}

function wholeList(emails: Emails, { op, path, value }: PatchStep): Emails {
  if (path.sub !== null) throw new PatchRefusal('invalidPath', 'Say which address: emails[type eq "work"].value.');
  if (op === 'remove') return [];
  const given = emailsOf(value);
  if (op === 'replace') return given;
  const primary = given.some((one) => one.primary);
  const known = emails.filter((one) => !given.some((other) => isSame(one, other)));
  return [...known.map((one) => (primary ? { ...one, primary: false } : one)), ...given];
}

const isSame = (a: DirectoryEmail, b: DirectoryEmail) => a.value.toLowerCase() === b.value.toLowerCase();

function selected(emails: Emails, { op, path, value }: PatchStep): Emails {
  const filter = path.filter!;
  const isMeant = (email: DirectoryEmail) => matchesElement(filter, { ...email });
  if (op === 'remove' && (path.sub === null || path.sub === 'value')) return emails.filter((one) => !isMeant(one));
  const change = changeOf(op, path.sub, value);
  if (emails.some(isMeant)) {
    const changed = emails.map((one) => (isMeant(one) ? { ...one, ...change } : one));
    if (change.primary !== true) return changed;
    return changed.map((one, index) => (isMeant(emails[index]!) ? one : { ...one, primary: false }));
  }
  if (op === 'remove') return emails;
  if (op === 'replace') throw new PatchRefusal('noTarget', 'No address matches the filter of the path.');
  const demanded = demandsOf(filter);
  if (demanded === null) throw new PatchRefusal('noTarget', 'No address matches the filter of the path.');
  return wholeList(emails, {
    op: 'add',
    path: { ...path, filter: null, sub: null },
    value: [{ ...demanded, ...change }],
    inObject: false,
  });
}

/** What a step changes of each address that it selects. */
function changeOf(op: PatchStep['op'], sub: string | null, value: unknown): Partial<DirectoryEmail> {
  if (sub === null) return emailsOf([value])[0]!;
  if (sub === 'value') return { value: neededText(value, 'emails.value') };
  if (sub === 'type') return { type: op === 'remove' ? null : textOf(value, 'emails.type') };
  if (sub === 'primary') return { primary: op === 'remove' ? false : neededSwitch(value) };
  if (sub === 'display') return {};
  throw new PatchRefusal('invalidPath', `"emails.${sub.slice(0, 100)}" is no attribute here.`);
}

/** A list of addresses, or one, as a request has them. Throws PatchRefusal. */
export function emailsOf(value: unknown): DirectoryEmail[] {
  if (value === null || value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  if (list.length > DIRECTORY_EMAILS_MAX)
    throw new PatchRefusal('invalidValue', `"emails" has at most ${DIRECTORY_EMAILS_MAX} entries.`);
  const emails = list.map((one: unknown): DirectoryEmail => {
    if (typeof one !== 'object' || one === null)
      throw new PatchRefusal('invalidValue', '"emails" is a list of objects with a value.');
    const { value: address, type, primary = false } = one as Record<string, unknown>;
    return {
      value: neededText(address, 'emails.value'),
      type: textOf(type, 'emails.type'),
      primary: neededSwitch(primary),
    };
  });
  if (emails.filter(({ primary }) => primary).length > 1)
    throw new PatchRefusal('invalidValue', 'At most one of "emails" is primary.');
  return emails;
}

function neededSwitch(value: unknown): boolean {
  const primary = value === null ? false : switchOf(value);
  if (primary === null) throw new PatchRefusal('invalidValue', '"emails.primary" is true or false.');
  return primary;
}
