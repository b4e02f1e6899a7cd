import {
  type FieldId,
  type ImportedValue,
  type ImportPlan,
  leaveAlone,
  planImport,
  type ResolveWith,
} from '@loopstart/domain';
import { stillChanges, type StillChanges, type TakenOver } from '@loopstart/drivers/configuration';
import type { GatewayFacts, ResolvedGateway } from '../entries/index.ts';
import { portPlans, wishOf } from '../review/index.ts';
import type { GatewayLayers } from './gateway-layers.ts';

/** The edits that take a gateway over, and what they leave. */
export interface ImportOf extends ImportPlan {
  changes: readonly StillChanges[];
}

/** Leaving a setting alone may put ports on other profiles, which may show another setting that differs. */
const ROUNDS_MAX = 4;

/**
 * Plans the import of a configuration, and proves it by rendering what would be in force against what was read. `only`:
 * keys beyond which nothing is said or left alone; null: the whole configuration.
 */
export function importOf(
  facts: GatewayFacts,
  taken: TakenOver,
  layers: GatewayLayers,
  only: ReadonlySet<string> | null,
): ImportOf {
  const resolve: ResolveWith = (edits) => {
    const { gateway, ports } = layers.resolve(edits);
    return { gateway, ports: new Map(ports.map((port) => [port.facts.position, port.resolution])) };
  };
  const plan = planImport(valuesOf(taken), resolve, layers.isSame);
  if (only !== null) {
    const changes = changesOf(facts, taken, layers.resolve(plan.edits));
    return { ...plan, changes: changes.filter(({ keys }) => keys.some(({ key }) => only.has(key))) };
  }
  let edits = plan.edits;
  let changes = changesOf(facts, taken, layers.resolve(edits));
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const open = changes.flatMap(({ field, position }) => (field === null ? [] : [{ field, position }]));
    const left = leaveAlone(open, edits, resolve);
    if (left.length === 0) break;
    edits = [...edits, ...left];
    changes = changesOf(facts, taken, layers.resolve(edits));
  }
  return { ...plan, edits, changes };
}

function changesOf(facts: GatewayFacts, taken: TakenOver, resolved: ResolvedGateway): readonly StillChanges[] {
  return stillChanges(facts.driverId, taken, wishOf(facts, resolved, portPlans(facts, resolved)));
}

/** What was found, in the order of the model: first the gateway, then port by port. */
function valuesOf({ gateway, ports }: TakenOver): ImportedValue[] {
  return [
    ...Object.entries(gateway).map(([field, value]) => ({ field: field as FieldId, position: null, value })),
    ...ports.flatMap(({ position, settings }) =>
      Object.entries(settings).map(([field, value]) => ({ field: field as FieldId, position, value })),
    ),
  ];
}
