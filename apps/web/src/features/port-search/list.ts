import { endpoints, type LineFacet } from '@loopstart/contracts';
import { listQuery, query } from '../../lib/api/query.ts';
import { portTitle } from '../../lib/words/port-summary.ts';
import { t } from '../../messages/lines.ts';
import type { GridList } from '../../ui/grid/grid-list.ts';
import { gridQuery, gridState, type Parameters } from '../../ui/grid/model.ts';
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
  words: { search: t('search'), caption: t('caption'), count: (shown, total) => t('count', { shown, total }) },
};

/** The first page of the list, as an address asks for it. */
export const linesQuery = (parameters: Parameters) =>
  listQuery('listPorts', {
    query: gridQuery(
      LINE_FILTERS,
      gridState(LINE_FILTERS, parameters),
      LINE_COLUMNS.map(({ id }) => id),
    ) as never,
  });
