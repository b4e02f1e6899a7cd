import type { AuditEntry } from '@loopstart/contracts';
import { type FieldChange, fieldChanges } from '@loopstart/domain';
import { t } from '../../messages/audit.ts';
import { Absent } from '../../ui/absent.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Subject } from './columns.tsx';
import { authorWords, didWords, fieldWords, valueWords } from './words.ts';

/** An entry in full: who, when, by which request, and each field before and after. */
export function EntryDetail({ entry }: { entry: AuditEntry }) {
  const changes = fieldChanges(entry.before, entry.change);
  return (
    <div className="flex flex-col gap-4">
      <Facts
        items={[
          [t('what'), didWords(entry)],
          [t('object'), <Subject key="subject" entry={entry} />],
          [t('who'), authorWords(entry.by)],
          [t('time'), <Moment key="at" at={entry.at} siteZone={null} seconds />],
          [t('from'), entry.by.address ?? <Absent key="from" spelled why={t('noOrigin')} />],
          ...(entry.by.userAgent === null ? [] : [[t('program'), entry.by.userAgent] as const]),
          [
            t('request'),
            entry.requestId === null ? (
              <Absent key="request" spelled why={t('noRequest')} />
            ) : (
              <code key="request" className="font-mono text-xs select-all">
                {entry.requestId}
              </code>
            ),
          ],
          [
            t('place'),
            entry.chain === null ? (
              <Absent key="place" spelled why={t('beforeChain')} />
            ) : (
              <span key="place" className="wrap-anywhere">
                {t('placeOf', { seq: entry.chain.seq, hash: entry.chain.hash.slice(0, 16) })}
              </span>
            ),
          ],
        ]}
      />
      {changes.length === 0 ? (
        <p className="text-sm text-ink-2">{t('noFields')}</p>
      ) : (
        <ul aria-label={t('changed')} className="flex flex-col divide-y divide-line border-y border-line">
          {changes.map((change) => (
            <li key={change.field} className="py-2.5">
              <Change change={change} entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Change({ change: { field, before, after }, entry }: { change: FieldChange; entry: AuditEntry }) {
  const value = (of: unknown) => <span className="wrap-anywhere">{valueWords(field, of, entry.names)}</span>;
  // What was added or done had nothing before it; of a change, it was not recorded.
  const wasThere = before !== undefined || entry.verb === 'update';
  return (
    <>
      <p className="text-xs text-ink-3">{fieldWords(field)}</p>
      {wasThere ? (
        <dl className="mt-0.5 grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm">
          <dt className="text-ink-2">{t('before')}</dt>
          <dd className="text-ink-2">
            {before === undefined ? <Absent spelled why={t('notRecorded')} /> : value(before)}
          </dd>
          <dt className="text-ink-2">{t('after')}</dt>
          <dd className="font-medium text-ink">{value(after)}</dd>
        </dl>
      ) : (
        <p className="text-sm text-ink">{value(after)}</p>
      )}
    </>
  );
}
