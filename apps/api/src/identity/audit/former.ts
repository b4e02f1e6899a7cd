import type { AuditEntry } from './audit.repository.ts';

type Fields = AuditEntry['change'];

/** What the fields of a change were before it, for the audit trail; fields that were not there are left out. */
export function former(before: object, change: object): Fields {
  const known = before as Fields;
  return Object.fromEntries(
    Object.keys(change).flatMap((field) => (known[field] === undefined ? [] : [[field, known[field]]])),
  );
}
