import { endpoints, type LineFacet } from '@loopstart/contracts';
import { query } from '../../lib/api/query.ts';
import { portTitle } from '../../lib/words/port-summary.ts';
import { t } from '../../messages/lines.ts';
import type { GridList } from '../../ui/grid/grid-list.ts';
import { LINE_COLUMNS, lineHref } from './columns.tsx';
import { LINE_FILTERS } from './filters.ts';

/** The list of lines of the whole fleet. */
export const LINES: GridList<'listPorts'> = {
  endpoint: 'listPorts',
  id: 'ports',
  columns: LINE_COLUMNS,
  filters: LINE_FILTERS,
  rowKey: (line) => `${line.gatewayId}/${line.position}`,
  rowName: (line) => `${portTitle(line)}, ${line.gatewayName}`,
  href: lineHref,
  counts: (facet, asked) => query('getPortFacet', { query: { ...asked, facet: facet as LineFacet } as never }),
  exportPath: endpoints.exportPorts.path,
  words: {
    search: t('search'),
    caption: t('caption'),
    count: (shown, total) => t('count', { shown, total }),
    noMatch: [t('noMatchTitle'), t('noMatch')],
  },
};
