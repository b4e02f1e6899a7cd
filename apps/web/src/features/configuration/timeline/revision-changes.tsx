import type { ConfigEntryChange } from '@loopstart/contracts';
import Link from 'next/link';
import { t } from '../../../messages/config-timeline.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { labelOf } from '../setting/setting-words.ts';
import { shownWords, ValueChange } from '../setting/value-change.tsx';

/** What one revision changed for a line, in words; its page has the rest. */
export function RevisionChanges(props: { changes: readonly ConfigEntryChange[]; total: number; revision: number }) {
  const { changes, total, revision } = props;
  const more = total - changes.length;
  return (
    <dl className="mt-1 flex flex-col gap-1 rounded-md bg-sunken px-3 py-2">
      {changes.map((change) => (
        <div key={JSON.stringify([change.place, change.kind, change.name, change.deviceClass])}>
          <dt className="text-xs text-ink-3">
            {t('changeOf', { setting: labelOf(change.name), place: change.placeName })}
          </dt>
          <dd>
            <Change change={change} />
          </dd>
        </div>
      ))}
      {more > 0 && (
        <Link href={`/configuration/revisions/${revision}`} className="underline underline-offset-2">
          {t('more', { count: more })}
        </Link>
      )}
    </dl>
  );
}

function Change({ change: { name, kind, before, after, isSecret } }: { change: ConfigEntryChange }) {
  if (isSecret && before !== null && after !== null) return configuration('secretChanges');
  // The rules of a plan have a page of their own.
  if (kind === 'dial-plan') return t('planChanged');
  const words = (side: ConfigEntryChange['before']) =>
    side === null ? configuration('notSetHere') : shownWords(name, side.value);
  return <ValueChange before={words(before)} after={words(after)} />;
}
