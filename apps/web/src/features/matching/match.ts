import type { AlertSeverity } from '@loopstart/contracts';
import { type ConditionKind, CONDITIONS, type LineDeviceClass } from '@loopstart/domain';
import { listed, listedShort } from '../../lib/words/list.ts';
import { LINE_DEVICE_WORDS, SEVERITY_WORDS } from '../../lib/words/port.ts';
import { t } from '../../messages/matching.ts';
import { t as common } from '../../messages/common.ts';

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
  return names.get(id) ?? common('removed');
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
    severities === undefined ? common('incidents') : t('incidents', { severities: capital(severityWords(severities)) }),
    customerIds && t('of', { customers: named(customerIds, names) }),
    siteIds && t('at', { sites: named(siteIds, names) }),
    lineDeviceClasses && t('onLinesWith', { devices: listed(lineDeviceClasses.map(deviceWords), 'or') }),
    kinds &&
      t('about', {
        kinds: listedShort(
          kinds.map((kind) => `“${CONDITIONS[kind].title}”`),
          'or',
        ),
      }),
  ].filter((part) => part !== undefined);
  return parts.length === 1 && severities === undefined ? t('allIncidents') : parts.join(' ');
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

const DEVICE_PHRASES: Partial<Record<LineDeviceClass, string>> = t.group('devicePhrases');

/** What is on a line, to stand behind "lines with". */
function deviceWords(device: LineDeviceClass): string {
  return DEVICE_PHRASES[device] ?? t('a', { device: LINE_DEVICE_WORDS[device].toLowerCase() });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
