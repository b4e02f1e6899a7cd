'use client';

import { endpoints, type SsoDomain } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { KeyBox } from '../../ui/key-box.tsx';
import { Ago, Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { singleSignOnQuery } from './queries.ts';

/** The domains of all connections: which are proven, and by which record the others are. */
export function DomainSection({ domains }: { domains: readonly SsoDomain[] }) {
  return (
    <Section title={t('domainsTitle')}>
      <p className="mb-3 text-ink-2">{t('domainsAbout')}</p>
      <ul className="flex flex-col gap-4">
        {domains.map((one) => (
          <Domain key={one.domain} one={one} />
        ))}
      </ul>
    </Section>
  );
}

function Domain({ one }: { one: SsoDomain }) {
  const client = useQueryClient();
  const toast = useToast();
  const refusal = useRefusal('single-sign-on.write');
  const { domain, state, counts } = one;
  const check = useMutation({
    mutationFn: () => call(endpoints.checkSsoDomain, { params: { domain } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: singleSignOnQuery().queryKey });
      toast(t('domainChecked', { domain }));
    },
  });
  return (
    <li className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 font-medium wrap-anywhere">{domain}</span>
        <Tag tone={counts ? 'accent' : 'unknown'}>{t.group('domainState')[state]}</Tag>
        <span className="flex-1 text-sm text-ink-3">
          {t.rich('domainSince', {
            state: t.group('domainState')[state],
            moment: <Moment at={one.since} siteZone={null} />,
          })}
        </span>
        <Button size="sm" disabledReason={refusal} pending={check.isPending} onClick={() => check.mutate()}>
          {t('domainCheck')}
        </Button>
      </div>
      <p className="text-sm text-ink-2">
        <LookedUp one={one} />
      </p>
      {one.isTaken && <p className="text-sm">{t('domainTaken')}</p>}
      {one.countsUntil !== null && (
        <p className="text-sm">{t.rich('domainUntil', { moment: <Moment at={one.countsUntil} siteZone={null} /> })}</p>
      )}
      {check.error !== null && <FailureNote told={tell(check.error)} />}
      <KeyBox label={t('domainRecord', { domain })} text={one.record} />
    </li>
  );
}

const LOOKUPS = { seen: 'domainSeen', absent: 'domainAbsent', 'no-answer': 'domainNoAnswer' } as const;

function LookedUp({ one: { lastLookup, checkedAt } }: { one: SsoDomain }) {
  if (lastLookup === null || checkedAt === null) return t('domainNever');
  return t.rich(LOOKUPS[lastLookup], { moment: <Ago at={checkedAt} siteZone={null} /> });
}
