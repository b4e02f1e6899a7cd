'use client';

import { endpoints, type EnrolmentToken } from '@loopstart/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { useQuery } from '../../../lib/api/use-query.ts';
import { call } from '../../../lib/api/browser.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { optional } from '../../../lib/url/filters.ts';
import { useFilters } from '../../../lib/url/use-filters.ts';
import { Button } from '../../../ui/button.tsx';
import { ChoiceField } from '../../../ui/field.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { SiteDialog } from '../../sites/index.ts';
import { agentsOfSiteQuery, siteChoicesQuery } from '../queries.ts';
import { InstallStep } from './install-step.tsx';
import { Step } from './step.tsx';
import { WaitStep } from './wait-step.tsx';
import { t } from '../../../messages/agents.ts';
import { t as common } from '../../../messages/common.ts';

const AddFilters = z.object({ siteId: optional(z.uuid()) });

interface Issued {
  token: EnrolmentToken;
  /** Agents that were there before, so that the new one can be told apart. */
  before: readonly string[];
}

/** Three steps: which site, the command to run there, and waiting until the agent appears by itself. */
export function AddAgentPage() {
  const { filters, set } = useFilters(AddFilters);
  const { siteId } = filters;
  const sites = useQuery(siteChoicesQuery());
  const present = useQuery({ ...agentsOfSiteQuery(siteId ?? ''), enabled: siteId !== undefined });
  const refusal = useRefusal('agents.enrol');
  const [issued, setIssued] = useState<Issued | null>(null);
  const [adding, setAdding] = useState(false);
  const make = useMutation({
    mutationFn: (site: string) => call(endpoints.createEnrolmentToken, { params: { siteId: site } }),
    onSuccess: (token) => setIssued({ token, before: present.data?.items.map((agent) => agent.id) ?? [] }),
  });
  const site = sites.data?.items.find((candidate) => candidate.id === siteId);
  const chosen = site !== undefined && present.data !== undefined;

  return (
    <>
      <PageHeader
        crumbs={[{ href: '/agents', label: common('agents') }]}
        title={t('addAnAgent')}
        description={t('oneCommandLinuxMachine')}
      />
      <ol className="flex max-w-[52rem] flex-col gap-4">
        <Step number={1} title={t('chooseASite')} state={issued === null ? 'now' : 'done'}>
          <div className="flex flex-wrap items-end gap-3">
            <div className="min-w-0 flex-1 basis-64">
              <ChoiceField
                label={t('site')}
                name="siteId"
                value={siteId ?? ''}
                disabled={issued !== null}
                onChange={(event) => set({ siteId: event.target.value })}
              >
                <option value="">{sites.data === undefined ? common('loadingDots') : common('chooseOne')}</option>
                {sites.data?.items.map((candidate) => (
                  <option key={candidate.id} value={candidate.id}>
                    {candidate.name} ({candidate.customer.name})
                  </option>
                ))}
              </ChoiceField>
            </div>
            {issued === null && (
              <Button disabledReason={refusal} onClick={() => setAdding(true)}>
                {t('addASite')}
              </Button>
            )}
            {issued === null ? (
              <Button
                look="primary"
                pending={make.isPending}
                disabledReason={refusal ?? (chosen ? null : t('chooseSiteFirst'))}
                onClick={() => siteId !== undefined && make.mutate(siteId)}
              >
                {t('createTheCommand')}
              </Button>
            ) : (
              <Button onClick={() => setIssued(null)}>{t('startAgain')}</Button>
            )}
          </div>
          {sites.data?.items.length === 0 && <p className="text-sm text-ink-2">{t('noSitesYetAdd')}</p>}
          <SiteDialog open={adding} onOpenChange={setAdding} stay onAdded={(added) => set({ siteId: added.id })} />
          {sites.error !== null && <FailureNote told={tell(sites.error)} />}
          {make.error !== null && <FailureNote told={tell(make.error)} />}
        </Step>
        <Step number={2} title={t('runCommandSite')} state={issued === null ? 'later' : 'now'}>
          {issued === null ? (
            <p className="text-sm text-ink-3">{t('commandAppearsHereWorks')}</p>
          ) : (
            <InstallStep token={issued.token} timeZone={site?.timeZone ?? null} />
          )}
        </Step>
        <Step number={3} title={t('waitAgent')} state={issued === null ? 'later' : 'now'}>
          {issued === null ? (
            <p className="text-sm text-ink-3">{t('agentCreatesOwnKey')}</p>
          ) : (
            <WaitStep siteId={issued.token.siteId} before={issued.before} />
          )}
        </Step>
      </ol>
    </>
  );
}
