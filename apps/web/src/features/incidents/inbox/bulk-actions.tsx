'use client';

import { endpoints, type IncidentSummary } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { t } from '../../../messages/incidents.ts';
import type { BulkAction, Meant } from '../../../ui/grid/use-bulk.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useRefusals, useUser } from '../../session/index.ts';
import { NOBODY, PersonChoice } from '../incident/person-choice.tsx';
import { SNOOZE_MS } from '../incident/snooze.ts';
import { SnoozeChoice } from '../incident/snooze-choice.tsx';
import { bulkResult } from './bulk-words.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

/** What can be done to several incidents at once. */
export function useIncidentActions(): readonly BulkAction<IncidentSummary>[] {
  const refusal = useRefusals();
  const user = useUser();
  const acknowledge = useAcknowledgeMany();
  const [mayAcknowledge, mayAssign, maySnooze] = (
    ['incidents.acknowledge', 'incidents.assign', 'incidents.snooze'] as const
  ).map(refusal);
  return useMemo(
    () => [
      {
        id: 'acknowledge',
        label: t('acknowledge'),
        refusal: mayAcknowledge ?? null,
        key: 'a',
        whole: acknowledge,
        confirm: (total) => ({
          title: t('acknowledgeIncident', { total }),
          text: t('allIncidentsMatchFilters'),
          run: t('acknowledgeAll', { total }),
          cancel: t('leaveThemOpen'),
        }),
      },
      {
        id: 'assign',
        label: t('assign'),
        refusal: mayAssign ?? null,
        initial: user.id,
        field: (value, onChange) => <PersonChoice value={value} onChange={onChange} />,
        run: ({ id }, value) =>
          call(endpoints.assignIncident, {
            params: { incidentId: id },
            body: { userId: value === NOBODY ? null : value },
          }),
      },
      {
        id: 'snooze',
        label: t('snooze'),
        refusal: maySnooze ?? null,
        initial: () => instant(Date.now() + SNOOZE_MS),
        lacks: (value) => (value === '' ? t('enterDayTimeFuture') : null),
        field: (_value, onChange) => (
          <div className="flex flex-col gap-3">
            <p className="text-ink-2">{t('nobodyPagedAboutThen')}</p>
            <SnoozeChoice siteZone={null} onChange={(end) => onChange(end === null ? '' : instant(end))} />
          </div>
        ),
        run: ({ id }, value) =>
          call(endpoints.snoozeIncident, {
            params: { incidentId: id },
            body: { until: value },
          }),
      },
    ],
    [acknowledge, mayAcknowledge, mayAssign, maySnooze, user.id],
  );
}

const AFFECTED = new Set(['listIncidents', 'getIncident', 'getIncidentCounts', 'getIncidentFacet']);

/** Acknowledges several and says what came of it. */
function useAcknowledgeMany(): (meant: Meant<IncidentSummary>) => Promise<boolean> {
  const client = useQueryClient();
  const toast = useToast();
  const announce = useAnnounce();
  return useCallback(
    async (meant) => {
      const body =
        'rows' in meant ? { ids: meant.rows.map(({ id }) => id) } : { filter: withoutOrder(meant.asked) as never };
      try {
        const { title, rest } = bulkResult(await call(endpoints.acknowledgeIncidents, { body }));
        toast(title, rest);
        announce([title, rest].filter(Boolean).join('. '));
        await client.invalidateQueries({ predicate: ({ queryKey }) => AFFECTED.has(String(queryKey[0])) });
        return true;
      } catch (error) {
        const told = tell(error);
        toast(t('noIncidentAcknowledged'), [told.sentence, told.advice].filter(Boolean).join(' '));
        return false;
      }
    },
    [client, toast, announce],
  );
}

const withoutOrder = ({ sort: _, ...filter }: Record<string, unknown>) => filter;
