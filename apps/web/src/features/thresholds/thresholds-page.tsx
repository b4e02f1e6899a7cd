'use client';

import { SUBJECT_TYPES } from '@loopstart/domain';
import { useQuery } from '../../lib/api/use-query.ts';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure, NoMatch } from '../../ui/state-panel.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useRefusal } from '../session/index.ts';
import { ConditionItem } from './condition-item.tsx';
import { EffectiveSection } from './effective-section.tsx';
import { conditionGroups } from './filter-conditions.ts';
import { ThresholdFilters } from './filters.schema.ts';
import { conditionsQuery } from './queries.ts';
import { SUBJECT_WORDS } from './threshold-words.ts';
import { t } from '../../messages/thresholds.ts';
import { t as common } from '../../messages/common.ts';

const SUBJECTS = SUBJECT_TYPES.map((subject) => [subject, SUBJECT_WORDS[subject].toLowerCase()] as const);
const SHOW = [
  ['changed', t('withExceptions')],
  ['off', t('notMonitoredSomewhere')],
] as const;

const IN_FORCE = 'in-force';

export function ThresholdsPage() {
  const { filters, set } = useFilters(ThresholdFilters);
  const { data, error, refetch } = useQuery(conditionsQuery());
  const refusal = useRefusal('thresholds.write');
  const groups = data === undefined ? [] : conditionGroups(data.items, filters);
  return (
    <>
      <PageHeader
        title={t('thresholds2')}
        description={t('whatMonitoredValuesDefaults')}
        actions={<ButtonLink href={`#${IN_FORCE}`}>{t('effectiveThresholds')}</ButtonLink>}
      />
      <Toolbar label={t('filterTheConditions')}>
        <SearchField label={t('searchConditions')} value={filters.q} onChange={(q) => set({ q })} />
        <FilterChoice
          label={t('subject2')}
          value={filters.subject}
          options={SUBJECTS}
          onChange={(subject) => set({ subject })}
          unset={t('any')}
        />
        <FilterChoice
          label={t('show')}
          value={filters.show}
          options={SHOW}
          onChange={(show) => set({ show })}
          unset={t('all')}
        />
      </Toolbar>
      {data === undefined ? (
        error === null ? (
          <Loading what={t('thresholds')}>
            <Bone className="h-96 w-full" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : groups.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <NoMatch
            title={t('noConditionsMatchFilters')}
            action={
              <Button onClick={() => set({ q: undefined, subject: undefined, show: undefined })}>
                {common('clearFilters')}
              </Button>
            }
          />
        </div>
      ) : (
        groups.map(({ subject, items }) => (
          <Section key={subject} title={SUBJECT_WORDS[subject]} note={t('condition2', { count: items.length })} flush>
            <ul>
              {items.map((condition) => (
                <ConditionItem key={condition.kind} condition={condition} refusal={refusal} />
              ))}
            </ul>
          </Section>
        ))
      )}
      <div id={IN_FORCE} className="scroll-mt-16">
        <EffectiveSection gatewayId={filters.gatewayId} position={filters.position} set={set} />
      </div>
    </>
  );
}
