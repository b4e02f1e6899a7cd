import type { Capabilities } from '@loopstart/contracts';
import {
  CONDITION_SOURCES,
  type ConditionKind,
  type ConditionSource,
  PORT_STATE_FIELDS,
  type PortStateField,
  SOURCED_KINDS,
} from '@loopstart/domain';
import { supportedFields } from './capabilities.ts';
import type { Driver } from './driver.ts';

type GatewaySource = Extract<ConditionSource, { from: 'poll' | 'notification' }>;

/** Sources that depend on the vendor of a gateway; the others are the same for all. */
const dependsOnMake = (source: ConditionSource): source is GatewaySource =>
  source.from === 'poll' || source.from === 'notification';

/**
 * Conditions that gateways of this driver cannot report, so that their absence is not taken for a good sign. With the
 * `capabilities` of one unit, also those whose objects this unit has not answered.
 */
export function blindSpots(driver: Driver, capabilities: Capabilities = {}): ConditionKind[] {
  const hasExchangeLines = driver.models.some(({ fxo }) => fxo > 0);
  return SOURCED_KINDS.filter((kind) => {
    const sources = CONDITION_SOURCES[kind].filter(dependsOnMake);
    if (sources.length === 0 || sources.length < CONDITION_SOURCES[kind].length) return false;
    if (kind === 'no-dial-tone' && !hasExchangeLines) return false;
    return !sources.some((source) => canReport(driver, source, capabilities));
  });
}

/** Whether gateways of this driver can report this source. */
export function canReport(driver: Driver, source: GatewaySource, capabilities: Capabilities = {}): boolean {
  if (source.from === 'notification')
    return driver.notifications.rules.some(({ means }) =>
      means.some(({ kind, about, keyed }) => kind === source.kind && about === source.about && keyed === source.keyed),
    );
  const { field, words } = source;
  if (!supportedFields(driver).has(field) || (capabilities[field] ?? 'measured') !== 'measured') return false;
  if (words === undefined || !(field in PORT_STATE_FIELDS)) return true;
  const known = wordsOf(driver, field as PortStateField);
  return words.some((word) => known.has(word));
}

/** Every word that the driver can decode for a state of a port. */
function wordsOf(driver: Driver, field: PortStateField): ReadonlySet<string> {
  const { state, resolvers = [] } = driver.ports;
  const resolved = resolvers
    .filter((resolver) => resolver.field === field)
    .flatMap(({ words }): readonly (string | number)[] => words ?? PORT_STATE_FIELDS[field]);
  const cells = (state[field] ?? []).flatMap(({ codec }): readonly string[] => codec.words ?? PORT_STATE_FIELDS[field]);
  return new Set([...cells, ...resolved].map(String));
}
