import { type AuditFacet, endpoints } from '@loopstart/contracts';
import { query } from '../../lib/api/query.ts';
import { t } from '../../messages/audit.ts';
import type { GridList } from '../../ui/grid/grid-list.ts';
import { AUDIT_COLUMNS, entryHref } from './columns.tsx';
import { AUDIT_FILTERS } from './filters.ts';
import { didWords } from './words.ts';

/** The audit trail. */
export const AUDIT: GridList<'listAudit'> = {
  endpoint: 'listAudit',
  id: 'audit',
  columns: AUDIT_COLUMNS,
  filters: AUDIT_FILTERS,
  rowKey: ({ id }) => id,
  rowName: didWords,
  href: entryHref,
  counts: (facet, asked) => query('getAuditFacet', { query: { ...asked, facet: facet as AuditFacet } as never }),
  exportPath: endpoints.exportAudit.path,
  exportAlso: { path: endpoints.exportAuditFile.path, word: t('exportProof') },
  words: {
    search: t('search'),
    caption: t('entries'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noMatch'), t('noMatchAdvice')],
  },
};
