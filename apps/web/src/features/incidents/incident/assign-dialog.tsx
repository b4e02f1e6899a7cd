'use client';

import { endpoints, type Incident } from '@loopstart/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure, FailureNote } from '../../../ui/state-panel.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { useUser } from '../../session/index.ts';
import { peopleQuery } from '../queries.ts';
import { useIncidentAct } from '../use-incident-act.ts';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

const NOBODY = 'nobody';

/** Gives an incident to somebody, or to nobody. */
export function AssignDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const user = useUser();
  const announce = useAnnounce();
  const people = useQuery(peopleQuery());
  const { act, pending, failure } = useIncidentAct();
  const name = useId();
  const [chosen, setChosen] = useState(incident.assignedTo?.id ?? user.id);
  // Oneself first: that is who is mostly meant.
  const items = [...(people.data?.items ?? [])].sort(
    (a, b) => Number(b.id === user.id) - Number(a.id === user.id) || a.name.localeCompare(b.name, 'en'),
  );

  const assign = async () => {
    const saved = await act('assign', () =>
      call(endpoints.assignIncident, {
        params: { incidentId: incident.id },
        body: { userId: chosen === NOBODY ? null : chosen },
      }),
    );
    if (saved === null) return;
    announce(
      saved.assignedTo === null ? t('incidentAssignedNobody') : t('incidentAssigned', { name: saved.assignedTo.name }),
    );
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('assignTheIncident')}
      description={incident.title}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" pending={pending !== null} onClick={() => void assign()}>
            {pending === null ? t('assign') : t('assigning')}
          </Button>
        </>
      }
    >
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
                checked={chosen === id}
                onChange={() => setChosen(id)}
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
      {failure !== null && <FailureNote told={failure} />}
    </Dialog>
  );
}
