'use client';

import { useId } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/incidents.ts';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure } from '../../../ui/state-panel.tsx';
import { useUser } from '../../session/index.ts';
import { peopleQuery } from '../queries.ts';

export const NOBODY = 'nobody';

/** Somebody of the operator, by id, or nobody. */
export function PersonChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const user = useUser();
  const people = useQuery(peopleQuery());
  const name = useId();
  // Oneself first: that is who is mostly meant.
  const items = [...(people.data?.items ?? [])].sort(
    (a, b) => Number(b.id === user.id) - Number(a.id === user.id) || a.name.localeCompare(b.name, 'en'),
  );
  return (
    <>
      {people.data === undefined && people.error !== null && <Failure error={people.error} retry={people.refetch} />}
      {people.data === undefined && people.error === null && (
        <Loading what={t('people')} className="flex flex-col gap-2">
          <Bone className="h-6 w-48" />
          <Bone className="h-6 w-56" />
        </Loading>
      )}
      {people.data !== undefined && (
        <fieldset className="flex flex-col">
          <legend className="sr-only">{t('person')}</legend>
          {[
            ...items.map((person) => [person.id, person.name, person.email] as const),
            [NOBODY, t('nobody'), ''] as const,
          ].map(([id, label, email]) => (
            <label
              key={id}
              className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-1.5 hover:bg-hover"
            >
              <input
                type="radio"
                name={name}
                checked={value === id}
                onChange={() => onChange(id)}
                className="size-4.5 shrink-0 accent-accent"
              />
              <span className="min-w-0 wrap-anywhere">
                {label}
                {id === user.id && t('you')}
                {email !== '' && <span className="text-sm text-ink-3"> {email}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
