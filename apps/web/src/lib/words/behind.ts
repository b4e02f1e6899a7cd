import type { AffectedLine } from '@loopstart/contracts';
import { isLifeSafety } from '@loopstart/domain';
import { LINE_DEVICE_WORDS } from './port.ts';
import { t } from '../../messages/states.ts';

/** What an incident takes along, as every page of the console says it. */
interface Behind {
  lines: number;
  lifeSafetyLines: number;
  first: readonly AffectedLine[];
}

/** Named in a row at most; the page of the incident names all. */
const NAMED = 3;

/** What a line is called: its label, else its port. */
export function lineName({ label, position }: Pick<AffectedLine, 'label' | 'position'>): string {
  return label === null || label === '' ? t('portN', { position }) : label;
}

/** The page of a line. */
export function lineHref({ gatewayId, position }: Pick<AffectedLine, 'gatewayId' | 'position'>): string {
  return `/gateways/${gatewayId}/ports/${position}`;
}

/** "20 lines", "14 lines, 2 of them life-safety"; empty where it takes no line along. */
export function behindWords({ lines, lifeSafetyLines }: Behind): string {
  if (lines === 0) return '';
  const all = t('line', { lines });
  if (lifeSafetyLines === 0) return all;
  if (lifeSafetyLines === lines) return t('lifeSafety', { all });
  return t('themLifeSafety', { all, lifeSafetyLines });
}

/** The lines on which a life depends by name: "Warden call (alarm panel), Lift (lift phone)"; empty without any. */
export function lifeSafetyNames({ lifeSafetyLines, first }: Behind): string {
  const named = first
    .filter((line) => isLifeSafety(line.lineDeviceClass))
    .slice(0, NAMED)
    .map((line) => `${lineName(line)} (${LINE_DEVICE_WORDS[line.lineDeviceClass].toLowerCase()})`);
  const more = lifeSafetyLines - named.length;
  return more > 0 ? t('andMore', { join: named.join(', '), more }) : named.join(', ');
}
