import type { PortCounts } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import { count } from '../format/number.ts';
import { SEVERITY_WORDS } from './port.ts';
import { t } from '../../messages/states.ts';

/**
 * Everything that the console says in figures about how many lines are how. Headlines, bars, legends, rows of
 * tables and the filters behind their links all take it from here, so that no two of them can disagree.
 */

/** Worst first, what works last. The order of bars and legends. */
export const COUNT_ORDER: readonly Severity[] = ['critical', 'major', 'minor', 'unknown', 'info', 'ok'];

/** Severities that a person has to do something about. */
const ATTENTION = ['critical', 'major', 'minor'] as const satisfies readonly Severity[];

/** Sets of severities that are looked for together, by the name they have in the address of a page. */
export const SEVERITY_SETS = {
  attention: { word: t('needsAttention'), severities: ATTENTION },
  'not-working': { word: t('needsAttentionUnknown'), severities: [...ATTENTION, 'unknown'] },
} as const satisfies Record<string, { word: string; severities: readonly Severity[] }>;
export type SeveritySet = keyof typeof SEVERITY_SETS;
export const SEVERITY_SET_NAMES = Object.keys(SEVERITY_SETS) as [SeveritySet, ...SeveritySet[]];

/** The severities that a filter of lists of ports stands for. */
export function severitiesOf(filter: Severity | SeveritySet | undefined): readonly Severity[] | undefined {
  if (filter === undefined) return undefined;
  return filter in SEVERITY_SETS ? SEVERITY_SETS[filter as SeveritySet].severities : [filter as Severity];
}

/** What is chosen from in lists of ports: sets first, then each severity. */
export const SEVERITY_FILTERS: readonly (readonly [Severity | SeveritySet, string])[] = [
  ...SEVERITY_SET_NAMES.map((name) => [name, SEVERITY_SETS[name].word] as const),
  ...COUNT_ORDER.map((severity) => [severity, SEVERITY_WORDS[severity]] as const),
];

/** What the sets among them stand for. */
export const SEVERITY_FILTER_SETS: Readonly<Record<string, readonly Severity[]>> = Object.fromEntries(
  SEVERITY_SET_NAMES.map((name) => [name, SEVERITY_SETS[name].severities]),
);

/** Lines that somebody has to look at. */
export function attentionCount(counts: PortCounts): number {
  return ATTENTION.reduce((sum, severity) => sum + counts[severity], 0);
}

/** Parts of a count in the order of the bar, without those that are zero. */
export function countParts(counts: PortCounts): { severity: Severity; n: number; word: string }[] {
  return COUNT_ORDER.filter((severity) => counts[severity] > 0).map((severity) => ({
    severity,
    n: counts[severity],
    word: countWord(severity, counts[severity]),
  }));
}

/** The word behind a figure: "9 notices", "3 unknown". */
function countWord(severity: Severity, n: number): string {
  if (severity === 'ok') return t('okWord');
  if (severity === 'info') return t('noticeWord', { n });
  return SEVERITY_WORDS[severity].toLowerCase();
}

/** A count in one sentence: "242 ports: 2 critical, 9 notices, 231 OK". */
export function countsSentence(counts: PortCounts): string {
  if (counts.total === 0) return t('noPorts');
  const parts = countParts(counts).map(({ n, word }) => `${count(n)} ${word}`);
  return t('portsBySeverity', { total: counts.total, parts: parts.join(', ') });
}

/** How much works, for a headline: only what is OK counts; a notice is told as a notice. */
export function okOfTotal(counts: PortCounts): string {
  return t('ofLineOk', { ok: counts.ok, total: counts.total });
}

/** The headline of a fleet: how many lines need attention, and of how many nothing is known. */
export function linesSentence(counts: PortCounts): string {
  const parts: string[] = [];
  const wrong = attentionCount(counts);
  if (wrong > 0) {
    const { critical } = counts;
    const worst = critical === 0 ? '' : critical === wrong ? t('critical') : t('ofThemCritical', { critical });
    parts.push(t('linesNeedAttention', { wrong, worst }));
  }
  if (counts.unknown > 0) parts.push(t('lineUnknown', { unknown: counts.unknown }));
  return parts.join('; ');
}

/** The list of ports that a figure counts. */
export function portsHref(filter: {
  severity?: Severity | SeveritySet | undefined;
  customerId?: string | undefined;
  siteId?: string | undefined;
}): string {
  const search = new URLSearchParams(
    Object.entries(filter).filter(([, value]) => value !== undefined) as [string, string][],
  );
  return search.size === 0 ? '/ports' : `/ports?${search}`;
}
