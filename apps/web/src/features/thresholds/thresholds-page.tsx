'use client';

import { SUBJECT_TYPES } from '@loopstart/domain';
import { useQuery } from '@tanstack/react-query';
import { counted } from '../../lib/format/number.ts';
import { useFilters } from '../../lib/url/use-filters.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure, NoMatch } from '../../ui/state-panel.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useRoleRefusal } from '../session/index.ts';
import { ConditionItem } from './condition-item.tsx';
import { EffectiveSection } from './effective-section.tsx';
import { conditionGroups } from './filter-conditions.ts';
import { ThresholdFilters } from './filters.schema.ts';
import { conditionsQuery } from './queries.ts';
import { SUBJECT_WORDS } from './threshold-words.ts';

const SUBJECTS = SUBJECT_TYPES.map((subject) => [subject, SUBJECT_WORDS[subject].toLowerCase()] as const);
const SHOW = [
  ['changed', 'set differently'],
  ['off', 'not watched somewhere'],
] as const;

const IN_FORCE = 'in-force';

export function ThresholdsPage() {
  const { filters, set } = useFilters(ThresholdFilters);
  const { data, error, refetch } = useQuery(conditionsQuery());
  const refusal = useRoleRefusal('technician');
  const groups = data === undefined ? [] : conditionGroups(data.items, filters);
  return (
    <>
      <PageHeader
        title="Thresholds"
        description="What is watched, and where the line is drawn. Defaults suit most; set what differs where it differs."
        actions={<ButtonLink href={`#${IN_FORCE}`}>What is in force where</ButtonLink>}
      />
      <Toolbar label="Narrow the conditions">
        <SearchField label="Search conditions" value={filters.q} onChange={(q) => set({ q })} />
        <FilterChoice
          label="About"
          value={filters.subject}
          options={SUBJECTS}
          onChange={(subject) => set({ subject })}
          unset="anything"
        />
        <FilterChoice label="Show" value={filters.show} options={SHOW} onChange={(show) => set({ show })} unset="all" />
      </Toolbar>
      {data === undefined ? (
        error === null ? (
          <Loading what="thresholds">
            <Bone className="h-96 w-full" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : groups.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <NoMatch
            title="No condition matches"
            action={
              <Button onClick={() => set({ q: undefined, subject: undefined, show: undefined })}>
                Clear the filters
              </Button>
            }
          />
        </div>
      ) : (
        groups.map(({ subject, items }) => (
          <Section key={subject} title={SUBJECT_WORDS[subject]} note={counted(items.length, 'condition')} flush>
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
