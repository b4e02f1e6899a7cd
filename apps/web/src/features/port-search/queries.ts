import { listQuery } from '../../lib/api/query.ts';
import { severitiesOf } from '../../lib/words/line-counts.ts';
import type { PortFilters } from './filters.schema.ts';

export const portsQuery = ({ q, customerId, siteId, lineDeviceClass, severity, kind }: Partial<PortFilters>) =>
  listQuery('listPorts', {
    query: { q, customerId, siteId, lineDeviceClass, severity: severitiesOf(severity), kind },
  });
