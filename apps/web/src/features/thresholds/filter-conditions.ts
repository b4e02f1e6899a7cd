import type { ConditionView } from '@loopstart/contracts';
import { SUBJECT_TYPES, type SubjectType } from '@loopstart/domain';
import type { ThresholdFilters } from './filters.schema.ts';

type Wanted = Pick<ThresholdFilters, 'q' | 'subject' | 'show'>;

/** Conditions that match, by what they are about, in the order of the topology. */
export function conditionGroups(
  conditions: readonly ConditionView[],
  { q, subject, show }: Wanted,
): { subject: SubjectType; items: ConditionView[] }[] {
  const needle = q?.toLowerCase();
  const shown = conditions.filter(
    (one) =>
      (subject === undefined || one.subject === subject) &&
      (needle === undefined || `${one.title} ${one.means}`.toLowerCase().includes(needle)) &&
      (show === undefined || one.settings.some((setting) => show === 'changed' || setting.off)),
  );
  return SUBJECT_TYPES.map((type) => ({ subject: type, items: shown.filter((one) => one.subject === type) })).filter(
    ({ items }) => items.length > 0,
  );
}
