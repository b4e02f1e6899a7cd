import { Controller, type StreamableFile } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { likeWords } from '../../../core/http/cursor.ts';
import { Call, type CallOf, Implements } from '../../../core/http/implements.ts';
import { csvList } from '../../../core/list/csv-file.ts';
import { ALERT_CSV } from './alert-csv.ts';
import { NEWEST_FIRST } from './alert-filter.ts';
import { AlertListRepository } from './alert-list.repository.ts';

@Controller()
export class AlertController {
  constructor(private readonly alerts: AlertListRepository) {}

  @Implements(endpoints.listAlerts)
  list(@Call() { caller, query }: CallOf<typeof endpoints.listAlerts>) {
    const { sort = NEWEST_FIRST, cursor, limit, q, ...asked } = query;
    return this.alerts.list(caller.scope, { ...asked, words: likeWords(q) }, { sort, cursor, limit });
  }

  @Implements(endpoints.getAlertFacet)
  facet(@Call() { caller, query: { facet, q, ...asked } }: CallOf<typeof endpoints.getAlertFacet>) {
    return this.alerts.facet(caller.scope, { ...asked, words: likeWords(q) }, facet);
  }

  @Implements(endpoints.exportAlerts)
  export(@Call() { caller, query }: CallOf<typeof endpoints.exportAlerts>): StreamableFile {
    const { sort = NEWEST_FIRST, columns, q, ...asked } = query;
    const filter = { ...asked, words: likeWords(q) };
    return csvList('alerts', ALERT_CSV, columns, (page) => this.alerts.list(caller.scope, filter, { sort, ...page }));
  }
}
