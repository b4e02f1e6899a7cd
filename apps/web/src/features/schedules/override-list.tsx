'use client';

import { endpoints, type Schedule } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { call } from '../../lib/api/browser.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { tell } from '../../lib/errors/sentences.ts';
import { IconButton } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { nameOf, type Names } from '../matching/index.ts';
import { t } from '../../messages/schedules.ts';

/** Stand-ins that are not over. */
export function OverrideList(props: { schedule: Schedule; names: Names | undefined; refusal: string | null }) {
  const { schedule, names } = props;
  const nowMs = useNow(60_000);
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: (overrideId: string) =>
      call(endpoints.deleteScheduleOverride, { params: { scheduleId: schedule.id, overrideId } }),
    onSuccess: () => client.invalidateQueries(),
  });
  const ahead = schedule.overrides.filter(({ endsAt }) => Date.parse(endsAt) > nowMs);
  if (ahead.length === 0 || names === undefined) return null;
  return (
    <div>
      <h3 className="text-sm font-semibold">{t('overrides')}</h3>
      {remove.error !== null && <FailureNote told={tell(remove.error)} />}
      <ul className="text-sm text-ink-2">
        {ahead.map((override) => {
          const name = nameOf(names, override.userId);
          return (
            <li key={override.id} className="flex items-center gap-1">
              <span>
                {t.rich('overrideOf', {
                  name,
                  moment: <Moment at={override.startsAt} siteZone={schedule.timeZone} />,
                  moment2: <Moment at={override.endsAt} siteZone={schedule.timeZone} />,
                })}
              </span>
              {props.refusal === null && (
                <IconButton
                  size="sm"
                  label={t('removeOverride', { name })}
                  icon={<X aria-hidden="true" className="size-3.5" />}
                  onClick={() => remove.mutate(override.id)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
