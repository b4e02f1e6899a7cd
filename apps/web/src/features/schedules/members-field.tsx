'use client';

import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useId } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { IconButton } from '../../ui/button.tsx';
import { moved } from '../../lib/forms/moved.ts';
import { peopleQuery } from '../matching/index.ts';
import { t } from '../../messages/schedules.ts';
import { t as common } from '../../messages/common.ts';

/** People in the order of their turns. */
export function MembersField(props: {
  name: string;
  value: readonly string[];
  onChange: (userIds: string[]) => void;
  error: string | undefined;
}) {
  const { value, onChange, error } = props;
  const id = useId();
  const people = useQuery(peopleQuery()).data?.items ?? [];
  const nameOf = (userId: string) => people.find((one) => one.id === userId)?.name ?? common('removed');
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {t('peopleOrderTheirTurns')}
      </label>
      {value.length > 0 && (
        <ol className="mb-2 rounded-md border border-line">
          {value.map((userId, index) => {
            const name = nameOf(userId);
            return (
              <li
                key={userId}
                className="flex items-center gap-1 border-t border-line py-0.5 pr-1 pl-3 first:border-t-0"
              >
                <span className="w-5 text-sm text-ink-3">{index + 1}</span>
                <span className="min-w-0 flex-1 truncate">{name}</span>
                {index > 0 && (
                  <IconButton
                    size="sm"
                    label={t('moveUp', { name })}
                    icon={<ArrowUp aria-hidden="true" className="size-3.5" />}
                    onClick={() => onChange(moved(value, index, index - 1))}
                  />
                )}
                {index < value.length - 1 && (
                  <IconButton
                    size="sm"
                    label={t('moveDown', { name })}
                    icon={<ArrowDown aria-hidden="true" className="size-3.5" />}
                    onClick={() => onChange(moved(value, index, index + 1))}
                  />
                )}
                <IconButton
                  size="sm"
                  label={t('remove', { name })}
                  icon={<X aria-hidden="true" className="size-3.5" />}
                  onClick={() => onChange(value.filter((other) => other !== userId))}
                />
              </li>
            );
          })}
        </ol>
      )}
      <select
        id={id}
        data-field={props.name}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        value=""
        onChange={(event) => event.target.value !== '' && onChange([...value, event.target.value])}
        className="h-9 w-full rounded-md border border-edge bg-surface px-2.5 text-base aria-invalid:border-critical pointer-coarse:text-lg"
      >
        <option value="">{value.length === 0 ? t('chooseWhoCall') : t('addAnotherPerson')}</option>
        {people
          .filter((one) => !value.includes(one.id))
          .map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
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
