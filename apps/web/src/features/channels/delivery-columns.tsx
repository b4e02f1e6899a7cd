import type { Delivery } from '@loopstart/contracts';
import Link from 'next/link';
import { count } from '../../lib/format/number.ts';
import { Moment } from '../../ui/moment.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import type { Column } from '../../ui/table/data-table.tsx';
import { answerWords, deliveryStanding, messageWord, nextTry } from './channel-words.ts';
import { t } from '../../messages/channels.ts';
import { t as common } from '../../messages/common.ts';

/** Columns of the log; `open` shows one delivery with its attempts. A paused channel tries nothing before `retryAt`. */
export function deliveryColumns(
  open: (delivery: Delivery) => void,
  retryAt: string | null,
): readonly Column<Delivery>[] {
  return [
    {
      id: 'at',
      header: t('queued'),
      card: 'aside',
      cell: (row) => <Moment at={row.createdAt} siteZone={null} seconds />,
    },
    {
      id: 'what',
      header: t('message2'),
      rowHeader: true,
      card: 'title',
      className: 'sm:min-w-64',
      cell: (row) => (
        <>
          <button type="button" onClick={() => open(row)} className="min-h-6 text-left font-medium hover:underline">
            {messageWord(row.type)}
            {row.replayOf !== null && <span className="font-normal text-ink-3">{t('resentSuffix')}</span>}
          </button>
          {row.incident !== null && (
            <p className="text-sm text-ink-2">
              <Link href={`/incidents/${row.incident.id}`} className="inline-flex min-h-6 items-center hover:underline">
                #{row.incident.number} {row.incident.title}
              </Link>
            </p>
          )}
          {row.recipient !== null && (
            <p className="text-sm text-ink-3 wrap-anywhere">{t('toRecipient', { recipient: row.recipient })}</p>
          )}
        </>
      ),
    },
    {
      id: 'state',
      header: common('state'),
      card: 'line',
      cell: (row) => {
        const { severity, word } = deliveryStanding(row);
        return (
          <>
            <SeverityLabel severity={severity}>{word}</SeverityLabel>
            <StateTime delivery={row} retryAt={retryAt} />
          </>
        );
      },
    },
    { id: 'attempts', header: t('attempts'), align: 'right', cell: (row) => count(row.attempts) },
    {
      id: 'answer',
      header: t('lastResponse'),
      card: 'line',
      className: 'sm:max-w-80',
      cell: (row) =>
        row.attempts === 0 ? (
          <span className="text-sm text-ink-3">{t('noAttemptYet2')}</span>
        ) : (
          <span className="text-sm wrap-anywhere text-ink-2">
            {answerWords({ status: row.lastStatus, error: row.lastError })}
          </span>
        ),
    },
  ];
}

/** When it arrived, or when it is tried next. */
function StateTime({ delivery, retryAt }: { delivery: Delivery; retryAt: string | null }) {
  const next = nextTry(delivery, retryAt);
  if (delivery.deliveredAt === null && next === null) return null;
  return (
    <p className="text-xs text-ink-2">
      {t.rich(delivery.deliveredAt === null ? 'nextAttempt' : 'deliveredAt', {
        moment: <Moment at={delivery.deliveredAt ?? next!} siteZone={null} seconds />,
      })}
    </p>
  );
}
