'use client';

import type { Overview } from '@loopstart/contracts';
import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Section } from '../../ui/section.tsx';
import { useIncidentCounts } from '../alerts/index.ts';
import { CustomerDialog } from '../customers/index.ts';
import { useRefusals } from '../session/index.ts';
import { SiteDialog } from '../sites/index.ts';
import { type SetUp, setupSteps, type SetupStep } from './steps.ts';
import { t } from '../../messages/overview.ts';

/** What is still missing until somebody is notified of a dead line, as a list to work through; `otherwise` once nothing is. */
export function SetupChecklist({ fleet, otherwise }: { fleet: Overview; otherwise: ReactNode }) {
  const is = useSetUp(fleet);
  const counts = useIncidentCounts();
  const refusalOf = useRefusals();
  const [open, setOpen] = useState<'customer' | 'site' | null>(null);
  if (is === null) return otherwise;
  const steps = setupSteps(is);
  const left = steps.filter((step) => step.state !== 'done').length;
  if (left === 0) return otherwise;
  const unheard = counts?.reachesNobody ?? 0;
  return (
    <Section
      title={t('setup')}
      note={
        unheard > 0
          ? t('incidentNotifiesNobodyDone', { unheard })
          : t('ofDone', { done: steps.length - left, all: steps.length })
      }
      flush
    >
      <ol className="-mb-px grid sm:grid-cols-2 xl:grid-cols-3">
        {steps.map((step, index) => (
          <Step key={step.id} step={step} number={index + 1}>
            {step.state === 'now' && (step.id === 'customer' || step.id === 'site') && (
              <Button
                look="primary"
                size="sm"
                disabledReason={refusalOf(step.id === 'site' ? 'sites.write' : 'customers.write')}
                onClick={() => setOpen(step.id as 'customer' | 'site')}
              >
                {step.title}
              </Button>
            )}
            {step.state === 'now' && step.href !== null && (
              <ButtonLink href={step.href} look={isFirst(steps, step) ? 'primary' : 'plain'}>
                {step.title}
              </ButtonLink>
            )}
          </Step>
        ))}
      </ol>
      <CustomerDialog open={open === 'customer'} onOpenChange={() => setOpen(null)} stay />
      <SiteDialog open={open === 'site'} onOpenChange={() => setOpen(null)} stay />
    </Section>
  );
}

function isFirst(steps: readonly SetupStep[], step: SetupStep): boolean {
  return steps.find((one) => one.state === 'now') === step;
}

function Step({ step, number, children }: { step: SetupStep; number: number; children: ReactNode }) {
  const done = step.state === 'done';
  return (
    <li
      aria-current={step.state === 'now' ? 'step' : undefined}
      className="flex items-start gap-3 border-b border-line px-4 py-3"
    >
      <span
        aria-hidden="true"
        className={cx(
          'grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
          done
            ? 'bg-ok-soft text-ok'
            : step.state === 'now'
              ? 'bg-accent text-accent-ink'
              : 'border border-line text-ink-3',
        )}
      >
        {done ? <Check className="size-3.5" /> : number}
      </span>
      <div className="flex min-w-0 flex-col items-start gap-1.5">
        <p>
          <span className={cx('block', done ? 'text-ink-2' : 'font-medium')}>
            {step.title}
            <span className="sr-only">
              : {done ? t('done') : step.state === 'now' ? t('toDo') : t('notPossibleYet')}
            </span>
          </span>
          <span className="block text-sm text-ink-2">{step.text}</span>
        </p>
        {children}
      </div>
    </li>
  );
}

/** Null until all of it is known: a list that is not sure what is done helps nobody. */
function useSetUp(fleet: Overview): SetUp | null {
  const sites = useQuery(query('listSites', { query: { limit: 1 } }));
  const agents = useQuery(query('listAgents', { query: { limit: 1 } }));
  const channels = useQuery(query('listChannels'));
  const policies = useQuery(query('listPolicies'));
  if (!sites.data || !agents.data || !channels.data || !policies.data) return null;
  return {
    customers: fleet.customers,
    sites: sites.data.total,
    agents: agents.data.total,
    firstAgentId: agents.data.items[0]?.id ?? null,
    firstSiteId: sites.data.items[0]?.id ?? null,
    gateways: fleet.gateways.total,
    channels: channels.data.items.length,
    reachingPolicies: policies.data.items.filter((policy) => policy.reach.ok).length,
  };
}
