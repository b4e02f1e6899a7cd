'use client';

import type { PolicyTarget } from '@loopstart/contracts';
import { BellRing, CalendarClock, Radio, User, X } from 'lucide-react';
import { useId } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { channelsQuery, nameOf, type Names, peopleQuery, schedulesQuery } from '../matching/index.ts';
import { targetOf, type TargetKey } from './policy-form.ts';
import { t } from '../../messages/policies.ts';

const ICONS: Record<PolicyTarget['type'], typeof User> = {
  'all-channels': Radio,
  channel: BellRing,
  schedule: CalendarClock,
  person: User,
};

/** Who is told: chosen ones as tags that can be taken away, and a choice that adds one. */
export function TargetsField(props: {
  name: string;
  value: readonly TargetKey[];
  onChange: (targets: TargetKey[]) => void;
  names: Names;
  error: string | undefined;
}) {
  const { value, onChange, names, error } = props;
  const id = useId();
  const channels = useQuery(channelsQuery()).data?.items ?? [];
  const schedules = useQuery(schedulesQuery()).data?.items ?? [];
  const people = useQuery(peopleQuery()).data?.items ?? [];
  const groups = [
    [t('onCall'), schedules.map((one) => [`schedule:${one.id}`, one.name] as const)],
    [t('channels'), channels.map((one) => [`channel:${one.id}`, one.name] as const)],
    [t('peopleEMail'), people.map((one) => [`person:${one.id}`, one.name] as const)],
  ] as const;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {t('notify')}
      </label>
      {value.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1.5">
          {value.map((key) => (
            <li key={key}>
              <Chosen
                target={targetOf(key)}
                names={names}
                onRemove={() => onChange(value.filter((other) => other !== key))}
              />
            </li>
          ))}
        </ul>
      )}
      <select
        id={id}
        data-field={props.name}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        value=""
        onChange={(event) => event.target.value !== '' && onChange([...value, event.target.value])}
        className="h-9 w-full rounded-md border border-edge bg-surface px-2.5 text-base aria-invalid:border-critical sm:max-w-80 pointer-coarse:text-lg"
      >
        <option value="">{value.length === 0 ? t('chooseARecipient') : t('addAnotherRecipient')}</option>
        {!value.includes('all-channels') && <option value="all-channels">{t('everyChannel2')}</option>}
        {groups.map(([label, options]) => (
          <optgroup key={label} label={label}>
            {options
              .filter(([key]) => !value.includes(key))
              .map(([key, word]) => (
                <option key={key} value={key}>
                  {word}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {error !== undefined && (
        <p id={`${id}-error`} className="mt-1 text-sm font-medium text-critical">
          {error}
        </p>
      )}
    </div>
  );
}

function Chosen({ target, names, onRemove }: { target: PolicyTarget; names: Names; onRemove: () => void }) {
  const Icon = ICONS[target.type];
  const name = chosenName(target, names);
  return (
    <span className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-md border border-line bg-sunken pl-2 text-sm">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
      <span className="truncate">{name}</span>
      <button
        type="button"
        aria-label={t('remove', { name })}
        onClick={onRemove}
        className="grid size-7 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}

function chosenName(target: PolicyTarget, names: Names): string {
  if (target.type === 'all-channels') return t('everyChannel');
  if (target.type === 'channel') return nameOf(names, target.channelId);
  return nameOf(names, target.type === 'schedule' ? target.scheduleId : target.userId);
}
