import type { Event } from '@loopstart/contracts';
import Link from 'next/link';
import { duration } from '../../../lib/format/time.ts';
import { EVENT_SOURCE_WORDS } from '../../../lib/words/event.ts';
import { t } from '../../../messages/events.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ReceivedMessage } from '../event-detail.tsx';
import { lateByMs } from '../event-severity.ts';
import { EventPlace, EventSeverity } from './columns.tsx';

/** An event beside the list, with what exactly was received. */
export function EventPanel({ event }: { event: Event }) {
  const late = lateByMs(event);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <EventSeverity event={event} />
        <p className="text-base wrap-anywhere">{event.text}</p>
      </div>
      <Facts
        items={[
          [
            t('time'),
            <span key="at">
              <Moment at={event.at} siteZone={event.timeZone} seconds />
              {late !== null && (
                <span className="text-sm text-ink-3"> {t('arrivedLater', { duration: duration(late) })}</span>
              )}
            </span>,
          ],
          [t('location'), <EventPlace key="place" event={event} />],
          [
            t('site'),
            <Link key="site" href={`/sites/${event.siteId}`} className="hover:underline">
              {event.siteName}
            </Link>,
          ],
          [
            t('customer'),
            <Link key="customer" href={`/customers/${event.customerId}`} className="hover:underline">
              {event.customerName}
            </Link>,
          ],
          [t('source'), EVENT_SOURCE_WORDS[event.source]],
        ]}
      />
      {Object.keys(event.detail).length > 0 && (
        <section className="flex flex-col gap-1.5">
          <h3 className="text-sm font-medium text-ink-2">{t('receivedMessageTitle')}</h3>
          <ReceivedMessage detail={event.detail} />
        </section>
      )}
    </div>
  );
}
