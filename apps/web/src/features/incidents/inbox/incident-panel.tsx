import type { IncidentSummary } from '@loopstart/contracts';
import { CONDITIONS } from '@loopstart/domain';
import { explainedParts } from '../../../lib/words/incident.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/incidents.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment, Since } from '../../../ui/moment.tsx';
import { IncidentState, PlaceTrail } from '../../alerts/index.ts';
import { IncidentActions } from '../incident/incident-actions.tsx';
import { IncidentSeverity } from './columns.tsx';

/** An incident beside the list: what is wrong, why we think so, what to do first, and what can be done about it here. */
export function IncidentPanel({ incident }: { incident: IncidentSummary }) {
  const zone = incident.place.site?.timeZone ?? null;
  const parts = explainedParts(incident.affected);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <IncidentSeverity incident={incident} />
        <IncidentState incident={incident} />
      </div>
      <div className="flex flex-col gap-1.5 text-base">
        <p className="text-ink-2 wrap-anywhere">{incident.why}</p>
        {incident.state === 'open' && (
          <p className="text-ink-2">
            {t.rich('firstStep', { strong: <span className="font-medium text-ink" />, step: incident.firstStep })}
          </p>
        )}
      </div>
      <IncidentActions incident={incident} />
      <Facts
        items={[
          [t('location'), <PlaceTrail key="place" place={incident.place} />],
          [t('affects'), parts.length === 0 ? t('onlyItself') : parts.join(', ')],
          [
            common('since'),
            incident.state === 'resolved' ? (
              <Moment key="since" at={incident.since} siteZone={zone} />
            ) : (
              <span key="since">
                {t.rich('forSince', {
                  moment: <Moment at={incident.since} siteZone={zone} />,
                  since: <Since at={incident.since} />,
                })}
              </span>
            ),
          ],
          [t('raised'), <Moment key="raised" at={incident.announcedAt} siteZone={zone} />],
          [t('kind'), CONDITIONS[incident.kind].title],
          [t('assignedTo'), incident.assignedTo?.name ?? t('nobodyYet')],
        ]}
      />
    </div>
  );
}
