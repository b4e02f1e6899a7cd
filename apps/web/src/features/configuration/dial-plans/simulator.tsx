'use client';

import { DialPlanText } from '@loopstart/contracts';
import { evaluatePlan, readDialPlan } from '@loopstart/domain';
import { useDeferredValue, useState } from 'react';
import { z } from 'zod';
import { useQuery } from '../../../lib/api/use-query.ts';
import { useFilters } from '../../../lib/url/use-filters.ts';
import { t } from '../../../messages/dial-plans.ts';
import { ChoiceField, TextField } from '../../../ui/field.tsx';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure } from '../../../ui/state-panel.tsx';
import { SubjectField } from '../../matching/index.ts';
import { useDraft } from '../draft/use-draft.ts';
import { PortField } from '../place/port-field.tsx';
import { diallingQuery } from '../queries.ts';
import { type Answer, DiallingCard } from './dialling-card.tsx';
import { GatewayDialling } from './gateway-dialling.tsx';
import type { PlanRow } from './plan-rows.ts';

/** The line that keys are tried on, in the address of the page. */
const LineFilters = z.object({ gatewayId: z.string().optional(), position: z.coerce.number().int().optional() });
const PAUSES = ['0', '1500', '3000', '5000'] as const;
type Pause = (typeof PAUSES)[number];

/** Type what is dialled, and see which rule takes it, after how long, and what is sent: by the plan, and by a gateway. */
export function Simulator({ rows }: { rows: readonly PlanRow[] }) {
  const { filters, set } = useFilters(LineFilters);
  const { gatewayId, position } = filters;
  const [name, setName] = useState<string | null>(null);
  const [dialled, setDialled] = useState('');
  const [pause, setPause] = useState<Pause>('0');
  const settled = useDeferredValue(dialled);
  const isOfPort = gatewayId !== undefined;
  const shown = name ?? (isOfPort ? '' : (rows[0]?.name ?? ''));
  const keys = { dialled: settled, pauseMs: Number(pause) };
  return (
    <Section title={t('simulator')} note={t('simulatorAbout')}>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <TextField
          label={t('dialled')}
          name="dialled"
          inputMode="tel"
          maxLength={40}
          value={dialled}
          hint={t('dialledHint')}
          onChange={(event) => setDialled(event.target.value.replaceAll(/[^0-9*#]/g, ''))}
        />
        <ChoiceField label={t('plan')} name="plan" value={shown} onChange={(event) => setName(event.target.value)}>
          {isOfPort && <option value="">{t('portPlan')}</option>}
          {rows.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name}
            </option>
          ))}
        </ChoiceField>
        <ChoiceField
          label={t('pause')}
          name="pause"
          value={pause}
          onChange={(event) => setPause(event.target.value as Pause)}
        >
          {PAUSES.map((one) => (
            <option key={one} value={one}>
              {t.group('pauses')[one]}
            </option>
          ))}
        </ChoiceField>
        <SubjectField
          kind="gateway"
          legend={t('gateway')}
          name="gatewayId"
          value={gatewayId ?? ''}
          onChange={(id) => set({ gatewayId: id, position: undefined })}
        />
        {isOfPort && <PortField gatewayId={gatewayId} position={position} onChange={(one) => set({ position: one })} />}
      </div>
      <output className="mt-4 block" aria-live="polite">
        {settled === '' ? (
          <p className="text-sm text-ink-3">{t('typeSomething')}</p>
        ) : gatewayId === undefined ? (
          <ByPlan row={rows.find((one) => one.name === shown)} {...keys} />
        ) : position === undefined ? (
          <p className="text-sm text-ink-3">{t('choosePort')}</p>
        ) : (
          <ByGateway {...keys} {...{ gatewayId, position }} plan={shown === '' ? undefined : shown} />
        )}
      </output>
    </Section>
  );
}

function ByPlan({ row, dialled, pauseMs }: { row: PlanRow | undefined; dialled: string; pauseMs: number }) {
  const answer = answerOf(row, dialled, pauseMs);
  if (answer === null) return <p className="text-sm text-ink-3">{t('unreadable')}</p>;
  return (
    <div className="grid items-start gap-3 md:grid-cols-2">
      <DiallingCard title={t('byPlan')} dialled={dialled} answer={answer} />
      <p className="text-sm text-ink-3">{t('chooseGateway')}</p>
    </div>
  );
}

function answerOf(row: PlanRow | undefined, dialled: string, pauseMs: number): Answer | null {
  const parsed = DialPlanText.safeParse(row?.value);
  const read = parsed.success ? readDialPlan(parsed.data) : null;
  if (read?.ok !== true) return null;
  const found = evaluatePlan({ ...read.plan, emergencyNumbers: [] }, { blocked: [] }, dialled, pauseMs);
  return found === null ? null : { ...found, rule: found.rule?.label ?? null };
}

function ByGateway(props: {
  gatewayId: string;
  position: number;
  dialled: string;
  pauseMs: number;
  plan: string | undefined;
}) {
  const { gatewayId, ...keys } = props;
  const { draft } = useDraft();
  const dialling = useQuery(diallingQuery(gatewayId, { ...keys, draftId: draft?.id }));
  if (dialling.data !== undefined) return <GatewayDialling dialling={dialling.data} dialled={keys.dialled} />;
  if (dialling.error !== null) return <Failure error={dialling.error} retry={dialling.refetch} />;
  return (
    <Loading what={t('trying')}>
      <Bone className="h-40 w-full" />
    </Loading>
  );
}
