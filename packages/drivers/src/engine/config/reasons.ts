import { TELEPHONY_FIELD_IDS, type FieldId } from '@loopstart/domain';
import type { ConfigLayout } from '../slices/config.ts';

/** Reasons why a setting is not written that several vendors share. Sentences without capital letter and full stop. */
export const NO_KEY = 'no key for it is known';
export const NO_FIGURES = 'it has steps without figures';
export const LOOP_START = 'no key for it is known; its ports are loop start';
export const OWN_DOMAIN = 'it uses the name of the SIP server, and no key for another domain is known';
export const CLOCK_RULES = 'its time zones are rules, and which zone each stands for is not in its documents';

/** Settings that Loopstart keeps for itself, and where they take effect. */
export const KEPT_BY_LOOPSTART: Readonly<Partial<Record<FieldId, string>>> = {
  'port.blockedClasses': 'part of the dial plan',
  'port.emergencyLocation': 'kept by Loopstart',
  'port.alarmReceivers': 'part of the dial plan',
  'gateway.redundancyGroup': 'kept by Loopstart',
};

/** Every setting that is not mapped, for the same reason: for vendors of whose configuration little is known. */
export function nothingElseVerified(
  reason: string,
  mapped: ConfigLayout['mappings'],
): Readonly<Partial<Record<FieldId, string>>> {
  const fields = TELEPHONY_FIELD_IDS.filter(
    (field) => KEPT_BY_LOOPSTART[field] === undefined && !Object.hasOwn(mapped, field),
  );
  return Object.fromEntries(fields.map((field) => [field, reason]));
}
