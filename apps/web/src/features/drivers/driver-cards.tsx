import type { DriverView } from '@loopstart/contracts';
import { ACTION_TYPES } from '@loopstart/domain';
import type { z } from 'zod';
import { ACTION_WORDS } from '../../lib/words/action.ts';
import { EVIDENCE_WORDS } from '../../lib/words/fleet.ts';
import { Tag } from '../../ui/tag.tsx';
import { t } from '../../messages/drivers.ts';

export type Driver = z.output<typeof DriverView>;

/** One card a driver: its models, its proof, what it can do. */
export function DriverCards({ drivers }: { drivers: readonly Driver[] }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      {drivers.map((driver) => (
        <li key={driver.id} className="flex flex-col gap-2.5 rounded-lg border border-line bg-surface p-4">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h2 className="font-semibold">{driver.vendor}</h2>
            <Tag
              tone={driver.evidence === 'recording' ? 'accent' : driver.evidence === 'mib-only' ? 'minor' : 'unknown'}
            >
              {EVIDENCE_WORDS[driver.evidence].label}
            </Tag>
          </div>
          <p className="text-sm text-ink-2">
            {driver.note === '' ? EVIDENCE_WORDS[driver.evidence].meaning : driver.note}
          </p>
          <p className="text-sm wrap-anywhere">{driver.models.map(({ name }) => name).join(', ')}</p>
          <dl className="mt-auto flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-2.5 text-sm">
            <div className="flex gap-1.5">
              <dt className="shrink-0 text-ink-3">{t('supports')}</dt>
              <dd>{actionWords(driver.actions)}</dd>
            </div>
            <div className="flex gap-1.5">
              <dt className="text-ink-3">{t('revision')}</dt>
              <dd>{driver.revision}</dd>
            </div>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function actionWords(actions: readonly string[]): string {
  const known = ACTION_TYPES.filter((type) => actions.includes(type)).map((type) => ACTION_WORDS[type].toLowerCase());
  return known.length === 0 ? t('noActions') : known.join(', ');
}
