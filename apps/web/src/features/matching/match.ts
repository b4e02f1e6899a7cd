import type { AlertSeverity } from '@loopstart/contracts';
import { type ConditionKind, CONDITIONS, type LineDeviceClass } from '@loopstart/domain';
import { listed, listedShort } from '../../lib/words/list.ts';
import { LINE_DEVICE_WORDS, SEVERITY_WORDS } from '../../lib/words/port.ts';

/** Which incidents something takes: an absent list takes all. */
export interface Match {
  severities?: AlertSeverity[] | undefined;
  kinds?: ConditionKind[] | undefined;
  customerIds?: string[] | undefined;
  siteIds?: string[] | undefined;
  lineDeviceClasses?: LineDeviceClass[] | undefined;
}

/** The same as it is edited: nothing ticked takes all. */
export type MatchDraft = { [K in keyof Match]-?: NonNullable<Match[K]> };

/** Names by id, of everything a sentence can mention. */
export type Names = ReadonlyMap<string, string>;

/** The name of something; what no longer exists is said to be so. */
export function nameOf(names: Names, id: string): string {
  return names.get(id) ?? '(removed)';
}

export function matchDraftOf(match: Match): MatchDraft {
  return {
    severities: match.severities ?? [],
    kinds: match.kinds ?? [],
    customerIds: match.customerIds ?? [],
    siteIds: match.siteIds ?? [],
    lineDeviceClasses: match.lineDeviceClasses ?? [],
  };
}

/** What is sent: an empty list would take nothing, so it is left out. */
export function matchOf(draft: Partial<MatchDraft>): Match {
  return Object.fromEntries(Object.entries(draft).filter(([, list]) => list.length > 0));
}

/** Which incidents are meant, as the start of a sentence: "Critical or major incidents of Birch Clinics". */
export function matchWords(match: Match, names: Names): string {
  const { severities, kinds, customerIds, siteIds, lineDeviceClasses } = match;
  const parts = [
    severities === undefined ? 'Incidents' : `${capital(severityWords(severities))} incidents`,
    customerIds && `of ${named(customerIds, names)}`,
    siteIds && `at ${named(siteIds, names)}`,
    lineDeviceClasses && `on lines with ${listed(lineDeviceClasses.map(deviceWords), 'or')}`,
    kinds &&
      `about ${listedShort(
        kinds.map((kind) => `“${CONDITIONS[kind].title}”`),
        'or',
      )}`,
  ].filter((part) => part !== undefined);
  return parts.length === 1 && severities === undefined ? 'All incidents' : parts.join(' ');
}

/** "critical or major", worst first. */
export function severityWords(severities: readonly AlertSeverity[]): string {
  const worstFirst = (['critical', 'major', 'minor', 'info'] as const).filter((one) => severities.includes(one));
  return listed(
    worstFirst.map((one) => SEVERITY_WORDS[one].toLowerCase()),
    'or',
  );
}

function named(ids: readonly string[], names: Names): string {
  return listedShort(
    ids.map((id) => nameOf(names, id)),
    'or',
  );
}

const DEVICE_PHRASES: Partial<Record<LineDeviceClass, string>> = {
  'alarm-panel': 'an alarm panel',
  'door-entry': 'a door entry',
  paging: 'paging',
  unused: 'nothing on them',
  unknown: 'something not known',
};

/** What is on a line, to stand behind "lines with". */
function deviceWords(device: LineDeviceClass): string {
  return DEVICE_PHRASES[device] ?? `a ${LINE_DEVICE_WORDS[device].toLowerCase()}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
