import type { Alert } from '@loopstart/contracts';
import { t } from '../../../messages/alerts.ts';
import { t as common } from '../../../messages/common.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment, Since } from '../../../ui/moment.tsx';
import { PlaceTrail } from '../place-trail.tsx';
import { AlertSeverityLabel, WhyHeld } from './columns.tsx';

/** A suppressed alert beside the list: its evidence, and why it notifies no one. */
export function HeldPanel({ alert }: { alert: Alert }) {
  const zone = alert.place.site?.timeZone ?? null;
  const until = alert.hold?.until ?? null;
  return (
    <div className="flex flex-col gap-4">
      <AlertSeverityLabel alert={alert} />
      <p className="text-base text-ink-2 wrap-anywhere">{alert.evidence.text}</p>
      <Facts
        items={[
          [
            common('reason'),
            <span key="reason">
              <WhyHeld alert={alert} />
              {until !== null && t.rich('untilMoment', { moment: <Moment at={until} siteZone={zone} /> })}
            </span>,
          ],
          [t('location'), <PlaceTrail key="place" place={alert.place} />],
          [
            common('since'),
            <span key="since">
              {t.rich('momentFor', {
                moment: <Moment at={alert.since} siteZone={zone} />,
                since: <Since at={alert.since} />,
              })}
            </span>,
          ],
          [t('opened'), <Moment key="opened" at={alert.openedAt} siteZone={zone} />],
        ]}
      />
    </div>
  );
}
