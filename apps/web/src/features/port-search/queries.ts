import { listQuery, query } from '../../lib/api/query.ts';
import type { PortFilters } from './filters.schema.ts';

export const portsQuery = ({ q, siteId, lineDeviceClass, severity, kind }: Partial<PortFilters>) =>
  listQuery('listPorts', { query: { q, siteId, lineDeviceClass, severity, kind } });

/** Sites by name, for choosing one; as many as the largest page holds. */
export const siteNamesQuery = () => query('listSites', { query: { limit: 500 } });
