'use client';

import type { ConfigGatewayReview } from '@loopstart/contracts';
import { useInfiniteQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { t as common } from '../../../messages/common.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Empty, Failure } from '../../../ui/state-panel.tsx';
import { KeyChanges } from '../gateway/key-changes.tsx';
import { gatewayReviewsQuery } from '../queries.ts';
import { labelOf } from '../setting/setting-words.ts';
import { shownWords, ValueChange } from '../setting/value-change.tsx';
import { COST_SEVERITY, COST_WORDS } from './cost-words.ts';

/** Each gateway that the draft changes: settings in words, and the keys of its own language. */
export function GatewayReviews({ draftId }: { draftId: string }) {
  const list = useInfiniteQuery(gatewayReviewsQuery(draftId));
  const gateways = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Section title={t('byGateway')} flush>
      {gateways === undefined ? (
        list.error === null ? (
          <Loading what={t('differencesLower')} className="p-4">
            <Bone className="h-24 w-full" />
          </Loading>
        ) : (
          <Failure error={list.error} retry={list.refetch} />
        )
      ) : gateways.length === 0 ? (
        <Empty title={t('changesNoGateway')}>{t('changesNoGatewayAbout')}</Empty>
      ) : (
        <ul>
          {gateways.map((one) => (
            <li key={one.gateway.id} className="border-t border-line px-4 py-3 first:border-t-0">
              <GatewayReview review={one} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className="border-t border-line px-4 py-2">
          <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {common('showMore')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function GatewayReview({ review }: { review: ConfigGatewayReview }) {
  const { gateway, cost, lines, lifeSafetyLines, settings, keys, keysReason } = review;
  return (
    <details>
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{gateway.name}</span>
        <span className="text-sm text-ink-2">
          {[gateway.customerName, gateway.siteName, t('countLines', { count: lines })].join(' · ')}
          {lifeSafetyLines > 0 && ` · ${t('lifeSafetyLines', { count: lifeSafetyLines })}`}
        </span>
        <SeverityLabel severity={COST_SEVERITY[cost]} className="text-sm">
          {COST_WORDS[cost]}
        </SeverityLabel>
      </summary>
      <div className="mt-3 grid gap-4 lg:grid-cols-2">
        <div>
          <h3 className="mb-1 text-xs font-medium text-ink-3">{t('settings')}</h3>
          <dl className="flex flex-col gap-1.5 text-sm">
            {settings.map(({ position, field, before, after }) => (
              <div key={`${position ?? ''} ${field}`}>
                <dt className="text-ink-2">
                  {position === null ? labelOf(field) : t('settingOfPort', { setting: labelOf(field), position })}
                </dt>
                <dd>
                  <ValueChange before={shownWords(field, before)} after={wordsAfter(field, before, after)} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
        <div className="min-w-0">
          <h3 className="mb-1 text-xs font-medium text-ink-3">{t('rendered')}</h3>
          {keysReason === null ? <KeyChanges keys={keys} /> : <p className="text-sm text-ink-2">{keysReason}</p>}
        </div>
      </div>
    </details>
  );
}

/** A line that keeps the name of its dial plan is listed because the rules of the plan change. */
function wordsAfter(field: string, before: unknown, after: unknown): string {
  const words = shownWords(field, after);
  return field === 'port.dialPlan' && before === after ? t('planWithOtherRules', { plan: words }) : words;
}
