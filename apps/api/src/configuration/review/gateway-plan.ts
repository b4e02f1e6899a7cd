import type { ConfigKeyChange } from '@loopstart/contracts';
import {
  changedSettings,
  type ChangeCost,
  costliest,
  type FieldId,
  type Finding,
  LIFE_SAFETY,
  type SameMeaning,
  sameValue,
  type SettingChange,
  type SettingProblem,
  type Settings,
  settingsOf,
} from '@loopstart/domain';
import {
  type ConfigWish,
  namedUnit,
  renderFor,
  type RenderedConfig,
  type RenderedLevel,
} from '@loopstart/drivers/configuration';
import type { GatewayFacts, PortFacts, ResolvedGateway } from '../entries/index.ts';
import { portPlans, type PortPlans } from './port-plans.ts';

/** What a draft does to one gateway. */
export interface GatewayPlan {
  facts: GatewayFacts;
  settings: { position: number | null; change: SettingChange }[];
  keys: ConfigKeyChange[];
  /** Why the keys are not known; null: they are. */
  keysReason: string | null;
  cost: ChangeCost;
  /** Ports that the change touches: all of them where the gateway itself changes. */
  ports: PortFacts[];
  lifeSafetyLines: number;
  findings: Finding[];
}

/**
 * Compares a gateway before and after; null where nothing changes for it. `isOfWhole`: nothing changed but settings of whole
 * gateways, so that its ports are the same before and after, and are resolved only where `portsMatter`.
 */
export function planGateway(
  facts: GatewayFacts,
  before: ResolvedGateway,
  after: ResolvedGateway,
  isOfWhole = false,
): GatewayPlan | null {
  const settings = changesOf(before, after, isOfWhole);
  const problems = isOfWhole ? newProblems(alone(before), alone(after)) : newProblems(before, after);
  if (settings.length === 0 && problems.length === 0) return null;
  const isWhole = settings.some(({ position }) => position === null);
  const touched = new Set(settings.map(({ position }) => position));
  const ports = facts.ports.filter(({ position }) => isWhole || touched.has(position));
  const plansBefore = portPlans(facts, before);
  const plansAfter = isOfWhole ? plansBefore : portPlans(facts, after);
  const level = isOfWhole ? 'gateway' : 'all';
  const was = render(facts, wishOf(facts, before, plansBefore), level);
  const is = render(facts, wishOf(facts, after, plansAfter), level);
  const unknown = is.refusals.find(({ field }) => field === null);
  return {
    facts,
    settings,
    keys: unknown === undefined ? changedKeys(was, is) : [],
    keysReason: unknown?.reason ?? null,
    cost: costOf(facts, settings, plansAfter),
    ports,
    lifeSafetyLines: ports.filter(({ deviceClass }) => LIFE_SAFETY.has(deviceClass)).length,
    findings: [
      ...problems.map((one) => finding(facts, one)),
      ...renderFindings(facts, was, is).filter((one) => one.check !== 'not-verified' || isAskedFor(after, one)),
      ...newOnes(plansBefore.findings, plansAfter.findings),
    ],
  };
}

const alone = (of: ResolvedGateway): ResolvedGateway => ({ ...of, ports: [] });

function changesOf(before: ResolvedGateway, after: ResolvedGateway, isOfWhole: boolean): GatewayPlan['settings'] {
  const ofGateway = changedSettings(before.gateway.values, after.gateway.values);
  const changes: GatewayPlan['settings'] = ofGateway.map((change) => ({ position: null, change }));
  if (isOfWhole) return changes;
  const isSame = sameWithPlans(before, after);
  for (const [at, { facts, resolution }] of after.ports.entries())
    for (const change of changedSettings(before.ports[at]!.resolution.values, resolution.values, isSame))
      changes.push({ position: facts.position, change });
  return changes;
}

/** A port that keeps the name of its dial plan changes with the rules of the plan. */
function sameWithPlans(before: ResolvedGateway, after: ResolvedGateway): SameMeaning {
  const known = new Map<string, boolean>();
  const isSamePlan = (name: string): boolean => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const isSame = sameValue(before.dialPlan(name)?.value ?? null, after.dialPlan(name)?.value ?? null);
    known.set(name, isSame);
    return isSame;
  };
  return (field, was, is) =>
    sameValue(was, is) && (field !== 'port.dialPlan' || typeof is !== 'string' || isSamePlan(is));
}

/** The settings of a gateway as the drivers take them. A port that was not resolved asks for nothing. */
export function wishOf(
  facts: Pick<GatewayFacts, 'ports'>,
  { gateway, ports }: ResolvedGateway,
  { maps }: Pick<PortPlans, 'maps'>,
): ConfigWish {
  const resolved = new Map(ports.map(({ facts: { position }, resolution }) => [position, settingsOf(resolution)]));
  return {
    gateway: settingsOf(gateway),
    ports: facts.ports.map(({ position }) => portWish(position, resolved.get(position) ?? {}, maps)),
  };
}

function portWish(position: number, settings: Settings, maps: PortPlans['maps']): ConfigWish['ports'][number] {
  const dialPlan = maps.get(position);
  return { position, settings, ...(dialPlan !== undefined && { dialPlan }) };
}

/** What was so before is no reason to stop a change that does not touch it. */
function newOnes<T>(before: readonly T[], after: readonly T[]): T[] {
  if (before === after || after.length === 0) return [];
  const known = new Set(before.map((one) => JSON.stringify(one)));
  return after.filter((one) => !known.has(JSON.stringify(one)));
}

export const render = (
  { driverId, model, firmware, ports }: GatewayFacts,
  wish: ConfigWish,
  level: RenderedLevel = 'all',
): RenderedConfig => renderFor(driverId, namedUnit(driverId, { model, firmware }, ports), wish, level);

type PlacedProblem = SettingProblem & { position: number | null };

/** Problems by what they are and where. That of a gateway is found again for each of its ports, and counts once. */
function problemsOf({ gateway, ports }: ResolvedGateway): Map<string, PlacedProblem> {
  const found = new Map<string, PlacedProblem>();
  const keyOf = ({ kind, field, layer, layerName, detail }: SettingProblem) =>
    JSON.stringify([kind, field, layer, layerName, detail]);
  for (const problem of gateway.problems) found.set(keyOf(problem), { ...problem, position: null });
  for (const { facts, resolution } of ports)
    for (const problem of resolution.problems) {
      const key = keyOf(problem);
      if (!found.has(key)) found.set(`${key} ${facts.position}`, { ...problem, position: facts.position });
    }
  return found;
}

/** What was wrong before is no reason to stop a change that does not touch it. */
function newProblems(before: ResolvedGateway, after: ResolvedGateway): PlacedProblem[] {
  const known = problemsOf(before);
  return [...problemsOf(after)].filter(([key]) => !known.has(key)).map(([, problem]) => problem);
}

const finding = ({ id }: GatewayFacts, { kind, field, position, layerName, detail }: PlacedProblem): Finding => ({
  check: kind,
  gatewayId: id,
  position,
  field,
  detail: `${layerName}: ${detail}`,
});

/** Whether a person set it: that a default of the product is not written changes nothing for anybody. */
function isAskedFor({ gateway, ports }: ResolvedGateway, { field, position }: Finding): boolean {
  const places = ports.filter(({ facts }) => position === null || facts.position === position);
  const resolutions = [gateway, ...places.map(({ resolution }) => resolution)];
  return resolutions.some(({ values }) => {
    const found = values.get(field as FieldId);
    return found !== undefined && found.origin.layer !== 'product-default';
  });
}

/** What the model cannot do, and what nobody has shown, beyond what was so before. */
function renderFindings({ id }: GatewayFacts, was: RenderedConfig, is: RenderedConfig): Finding[] {
  const found = (check: Finding['check'], before: RenderedConfig['refusals'], after: RenderedConfig['refusals']) =>
    newOnes(before, after)
      .filter(({ field }) => field !== null)
      .map(({ field, position, reason }) => ({ check, gatewayId: id, position, field, detail: reason }));
  return [
    ...found('not-rendered', was.refusals, is.refusals),
    ...found('not-verified', was.notVerified, is.notVerified),
  ];
}

function changedKeys(was: RenderedConfig, is: RenderedConfig): ConfigKeyChange[] {
  const before = new Map(was.changes.map((change) => [change.key, change]));
  const after = new Map(is.changes.map((change) => [change.key, change]));
  const keys: ConfigKeyChange[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(key), after.get(key)];
    const [old, now] = [textOf(a), textOf(b)];
    if (old === now) continue;
    const isSecret = isSecretChange(a) || isSecretChange(b);
    keys.push({ key, before: isSecret ? null : old, after: isSecret ? null : now, isSecret });
  }
  return keys;
}

type Change = RenderedConfig['changes'][number];
const textOf = (change: Change | undefined): string | null => (change?.kind === 'set' ? change.value : null);
const isSecretChange = (change: Change | undefined): boolean => change?.kind === 'set' && change.isSecret;

/** The vendor may make more of a change than the model of fields says. */
function costOf(facts: GatewayFacts, settings: GatewayPlan['settings'], { maps }: Pick<PortPlans, 'maps'>): ChangeCost {
  const byPlace = Map.groupBy(settings, ({ position }) => position);
  const changed = (position: number | null): Settings =>
    Object.fromEntries(
      (byPlace.get(position) ?? [])
        .filter(({ change }) => change.after !== null && change.after.value !== null)
        .map(({ change }) => [change.field, change.after!.value]),
    );
  const ports = [...byPlace.keys()].filter((position) => position !== null);
  const wish: ConfigWish = {
    gateway: changed(null),
    ports: ports.map((position) => {
      const own = changed(position);
      return portWish(position, own, own['port.dialPlan'] === undefined ? new Map() : maps);
    }),
  };
  return costliest([...settings.map(({ change }) => change.cost), render(facts, wish).cost]);
}
