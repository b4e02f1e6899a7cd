import type { AuditEntry } from '@loopstart/contracts';
import { fieldChanges } from '@loopstart/domain';
import { listedShort } from '../../lib/words/list.ts';
import { t } from '../../messages/audit.ts';
import type { GridColumn } from '../../ui/grid/model.ts';
import { CellLink, RowLink } from '../../ui/grid/row-link.tsx';
import { Absent } from '../../ui/absent.tsx';
import { Moment } from '../../ui/moment.tsx';
import { authorWords, didWords, fieldWords, subjectHref, subjectWords, valueWords } from './words.ts';

export const entryHref = ({ id }: AuditEntry): string => `/settings/audit/${id}`;

/** Columns of the audit trail. The ids are those the API sorts by. */
export const AUDIT_COLUMNS: readonly GridColumn<AuditEntry>[] = [
  {
    id: 'at',
    descendingFirst: true,
    header: t('time'),
    width: '11rem',
    card: 'end',
    cell: (row) => <Moment at={row.at} siteZone={null} seconds />,
  },
  { id: 'who', header: t('who'), width: 'minmax(9rem, 1fr)', card: 'line', cell: (row) => authorWords(row.by) },
  {
    id: 'verb',
    header: t('what'),
    width: 'minmax(13rem, 1.2fr)',
    rowHeader: true,
    card: 'title',
    cell: (row) => <RowLink href={entryHref(row)}>{didWords(row)}</RowLink>,
  },
  {
    id: 'subject',
    header: t('object'),
    width: 'minmax(11rem, 1.2fr)',
    card: 'aside',
    cell: (row) => <Subject entry={row} />,
  },
  {
    id: 'changed',
    header: t('changed'),
    width: 'minmax(12rem, 1.6fr)',
    // Put together here, in words.
    unsorted: true,
    cell: (row) => <span className="text-ink-2">{changedWords(row)}</span>,
  },
];

/** What an entry is about, with the way to it. */
export function Subject({ entry: { subject } }: { entry: AuditEntry }) {
  const words = subjectWords(subject);
  const href = subjectHref(subject);
  if (words === null) return <Absent why={t('nameNotKnown')} />;
  return href === null ? <span className="truncate">{words}</span> : <CellLink href={href}>{words}</CellLink>;
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** A change in one line: of one field its values, of several their names. */
export function changedWords({ before, change, names }: AuditEntry): string {
  const changes = fieldChanges(before, change);
  const [first] = changes;
  if (first === undefined) return '';
  if (changes.length > 1)
    return listedShort(
      changes.map(({ field }, at) => (at === 0 ? fieldWords(field) : lowered(fieldWords(field)))),
      'and',
    );
  const after = valueWords(first.field, first.after, names);
  if (first.before === undefined) return t('pair', { field: fieldWords(first.field), value: after });
  const value = t('fromTo', { before: valueWords(first.field, first.before, names), after });
  return t('pair', { field: fieldWords(first.field), value });
}
