import { APPLY_REASONS, type ApplyVerdict } from '../../configuration/apply/reasons.ts';
import type { GraveCause } from '../../configuration/drift/grave.ts';
import type { ConfigurationFacts } from '../types.ts';
import type { Add } from './context.ts';

const VERDICT_WORDS: Readonly<Record<ApplyVerdict, string>> = {
  works: 'The gateway worked.',
  config: 'The change broke it.',
  'site-offline': 'The site was offline, not the change at fault.',
  'sip-server-down': 'The SIP server answered nobody, not the change at fault.',
  'cannot-tell': 'Whether the change broke it is not known.',
};
const GRAVE_WORDS: Readonly<Record<GraveCause, string>> = {
  emergency: 'emergency calls need it',
  sealed: 'it is sealed',
};

/**
 * Conditions of the configuration. They stand until a later change is confirmed, or a drift is decided or gone: both are
 * facts that were reported, so that silence ends none.
 */
export function addConfiguration({ change, drift }: ConfigurationFacts, at: number, add: Add): void {
  if (change !== null) addChange(change, at, add);
  if (drift !== null) addDrift(drift, at, add);
}

function addChange(change: NonNullable<ConfigurationFacts['change']>, at: number, add: Add): void {
  const { end, reason, detail, verdict } = change;
  const known = reason === null ? null : APPLY_REASONS[reason];
  const why = detail ?? known?.text ?? 'Its agent gave no reason.';
  const seen = { reason, detail, verdict };
  const found = { at: Math.max(at, change.at), since: change.at, seen };
  if (end === 'reverted') {
    const words = verdict === null ? '' : ` ${VERDICT_WORDS[verdict]}`;
    return add('config-reverted', { ...found, text: `The configuration was taken back. ${why}${words}` });
  }
  // It may have neither the former configuration nor the new one.
  const isBroken = known?.kind === 'broken';
  add('config-failed', {
    ...found,
    text: `The configuration was not applied. ${why}`,
    ...(isBroken && { severity: 'critical' as const }),
  });
}

function addDrift(drift: NonNullable<ConfigurationFacts['drift']>, at: number, add: Add): void {
  const { keys, first, grave } = drift;
  const named = first.join(', ');
  const rest = keys > first.length ? ` and ${keys - first.length} more` : '';
  const causes = grave.map(({ key, cause }) => `${key}: ${GRAVE_WORDS[cause]}`).join('; ');
  const isEmergency = grave.some(({ cause }) => cause === 'emergency');
  add('config-drifted', {
    at: Math.max(at, drift.at),
    since: drift.at,
    text: `Values were changed elsewhere: ${named}${rest}.${causes === '' ? '' : ` ${causes}.`}`,
    seen: { keys, first: named, grave: causes === '' ? null : causes },
    ...(grave.length > 0 && { severity: isEmergency ? ('critical' as const) : ('major' as const) }),
  });
}
