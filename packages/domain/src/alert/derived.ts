import { conditionKey, firmwareOf, registrarId } from './keys.ts';
import { CONDITIONS } from './conditions.ts';
import type { ConditionKind, SubjectType } from './kinds.ts';
import { asGraveAs } from './rules/life-safety.ts';
import { toldOutageOf } from './root-cause.ts';
import { type Thresholds, valueOf } from './thresholds.ts';
import type { AlertPlace, AlertRecord, ConditionKey, Observation, Topology, Verdict } from './types.ts';

/**
 * Conditions derived from several others: what agents, gateways and sites have in common.
 */
type Group = { records: AlertRecord[]; of: number };

interface View {
  now: number;
  topology: Topology;
  thresholds: Thresholds;
  records: {
    get(key: ConditionKey): AlertRecord | undefined;
    /** All that are not of a port. */
    aboveLines(): Iterable<AlertRecord>;
  };
  inMaintenance(place: AlertPlace): boolean;
}

/** Which condition is judged, and where. */
interface About {
  kind: ConditionKind;
  subject: { type: SubjectType; id: string };
  where: AlertPlace;
}

/** Members of a group, how many of them must have begun within the window, and how that is said. */
interface Together {
  group: Group;
  least: number;
  words: (count: number) => string;
}

/** A derived condition. `members` are the conditions it was derived from. */
interface Judgement {
  verdict: Verdict;
  since: number;
  text: string;
  seen: Observation['evidence']['seen'];
  members?: readonly AlertRecord[];
}

const NOWHERE: AlertPlace = {
  customerId: null,
  siteId: null,
  agentId: null,
  gatewayId: null,
  position: null,
  lineDeviceClass: null,
};

/** Every derived condition that is bad or unknown now, or was known before and is good now. */
export function derive(view: View): Observation[] {
  const found: Observation[] = [];
  const active = [...view.records.aboveLines()].filter((record) => record.phase !== null);
  if (active.length === 0) return found;
  const of = (...kinds: ConditionKind[]) =>
    active.filter(
      (record) => kinds.includes(record.kind) && record.phase !== 'recovering' && !view.inMaintenance(record.where),
    );
  const isNews = (record: AlertRecord) => toldOutageOf(view.records, view.topology, record) === null;
  const lost = of('agent-silent');
  agentsTogether(view, lost, found);
  sitesCutOff(view, lost, found);
  sitesWithoutPower(view, of('power-lost', 'gateway-rebooted').filter(isNews), found);
  const away = of('gateway-unreachable');
  segments(view, away, found);
  registrars(view, of('registrar-lost'), found);
  firmwares(view, of('gateway-unreachable', 'gateway-rebooted').filter(isNews), found);
  const said = new Set(found.map(({ key }) => key));
  // A condition that is not derived any more is good again; where its members are only unknown, so is it.
  for (const record of active) {
    if (!DERIVED.has(record.kind) || said.has(record.key)) continue;
    found.push(observation(view, record, { verdict: 'good', since: view.now, text: '', seen: {} }));
  }
  return found;
}

/** Derived kinds. */
export const DERIVED: ReadonlySet<ConditionKind> = new Set([
  'agents-lost-together',
  'site-wan-down',
  'site-power-lost',
  'lan-segment-down',
  'registrar-lost-together',
  'firmware-suspect',
]);

function agentsTogether(view: View, lost: readonly AlertRecord[], found: Observation[]): void {
  const setting = view.thresholds.at('agents-lost-together', NOWHERE);
  const total = view.topology.agents.size;
  const least = Math.max(valueOf(setting, 'agentsMin'), Math.ceil((total * valueOf(setting, 'sharePercent')) / 100));
  const words = (n: number) => `${n} of ${total} agents fell silent together.`;
  const about: About = { kind: 'agents-lost-together', subject: { type: 'operator', id: '' }, where: NOWHERE };
  judge(view, about, { group: { records: [...lost], of: total }, least, words }, found);
}

function sitesCutOff(view: View, lost: readonly AlertRecord[], found: Observation[]): void {
  for (const [siteId, records] of groupBy(lost, (record) => record.where.siteId)) {
    const agents = agentsAt(view.topology).get(siteId) ?? 0;
    const answers = records.map((record) => record.evidence.seen['siteAnswers']);
    if (records.length < agents || answers.includes(true) || (agents < 2 && !answers.includes(false))) continue;
    const since = Math.min(...records.map((record) => record.badSince ?? view.now));
    const why = answers.includes(false)
      ? 'the site does not answer from outside'
      : `all ${agents} agents of the site are silent`;
    const where = { ...NOWHERE, customerId: records[0]?.where.customerId ?? null, siteId };
    if (view.thresholds.at('site-wan-down', where).off) continue;
    const about: About = { kind: 'site-wan-down', subject: { type: 'site', id: siteId }, where };
    const text = `Nothing is heard from the site, and ${why}.`;
    const seen = { silentAgents: records.length, agents, siteAnswers: answers.includes(false) ? false : null };
    found.push(observation(view, about, { verdict: verdictOf(records), since, text, seen, members: records }));
  }
}

function sitesWithoutPower(view: View, records: readonly AlertRecord[], found: Observation[]): void {
  for (const [siteId, group] of groupBy(records, (record) => record.where.siteId)) {
    const gateways = distinctGateways(group);
    const where = { ...NOWHERE, customerId: group[0]?.where.customerId ?? null, siteId };
    const of = gatewaysAt(view.topology).get(siteId) ?? 0;
    const about: About = { kind: 'site-power-lost', subject: { type: 'site', id: siteId }, where };
    const words = (n: number) => `${n} of ${of} gateways of the site lost power or restarted together.`;
    judge(view, about, { group: { records: gateways, of }, least: 2, words }, found);
  }
}

/**
 * All gateways of an agent are away, or several left together: what they share is the cause. Those in maintenance are
 * not counted: they may be off on purpose.
 */
function segments(view: View, away: readonly AlertRecord[], found: Observation[]): void {
  let resting: ReadonlyMap<string, number> | undefined;
  for (const [agentId, group] of groupBy(away, (record) => record.where.agentId)) {
    const { customerId = null, siteId = null } = group[0]?.where ?? {};
    const place = { ...NOWHERE, customerId, siteId, agentId };
    const setting = view.thresholds.at('lan-segment-down', place);
    if (setting.off || group.length < valueOf(setting, 'gatewaysMin')) continue;
    const of = gatewaysOf(view.topology).get(agentId) ?? 0;
    const all = group.length >= of || group.length >= of - ((resting ??= restingOf(view)).get(agentId) ?? 0);
    const before = view.records.get(conditionKey('lan-segment-down', { type: 'agent', id: agentId }));
    const wasBad = before !== undefined && before.phase !== null && before.phase !== 'recovering';
    const times = group.map((record) => record.badSince ?? view.now).sort((a, b) => a - b);
    const together = densest(times, valueOf(setting, 'withinS') * 1000) >= valueOf(setting, 'togetherMin');
    if (!all && !together && !wasBad) continue;
    const text = all
      ? `The agent answers, but none of its ${of} gateways does.`
      : `The agent answers, but ${group.length} of its ${of} gateways do not; they left together.`;
    const since = wasBad ? (before.badSince ?? view.now) : (times[0] ?? view.now);
    const seen = { unreachable: group.length, of };
    const subject = { type: 'agent', id: agentId } as const;
    const about: About = { kind: 'lan-segment-down', subject, where: place };
    found.push(observation(view, about, { verdict: verdictOf(group), since, text, seen, members: group }));
  }
}

/** How many gateways of each agent are in maintenance. */
function restingOf({ topology, inMaintenance }: View): ReadonlyMap<string, number> {
  return tally(topology.gateways.values(), ({ id, siteId, agentId }) => {
    const customerId = topology.sites.get(siteId)?.customerId ?? null;
    return inMaintenance({ ...NOWHERE, customerId, siteId, gatewayId: id }) ? agentId : null;
  });
}

function registrars(view: View, lost: readonly AlertRecord[], found: Observation[]): void {
  const registrarOf = (record: AlertRecord) =>
    view.topology.gateways.get(record.where.gatewayId ?? '')?.registrar ?? null;
  const unknown = lost.filter((record) => registrarOf(record) === null);
  const setting = view.thresholds.at('registrar-lost-together', NOWHERE);
  const least = valueOf(setting, 'gatewaysMin');
  const together = (id: string, group: readonly AlertRecord[], least: number, server: string) => {
    const gateways = distinctGateways(group);
    const sites = new Set(group.map((record) => record.where.siteId)).size;
    const words = (n: number) => `${n} gateways at ${sites} site${sites === 1 ? '' : 's'} lost ${server} together.`;
    const subject = { type: 'shared', id } as const;
    const about: About = { kind: 'registrar-lost-together', subject, where: commonPlace(group) };
    judge(view, about, { group: { records: gateways, of: gateways.length }, least, words }, found);
  };
  for (const [registrar, group] of groupBy(lost, registrarOf))
    together(registrarId.of(registrar), group, least, `the SIP server ${registrar}`);
  for (const [customerId, group] of groupBy(unknown, (record) => record.where.customerId))
    together(registrarId.ofCustomer(customerId), group, least, 'their SIP server');
  // Of different customers some lose their server at the same time by chance, the more the larger the fleet.
  if (new Set(unknown.map((record) => record.where.customerId)).size < 2) return;
  const share = Math.ceil((view.topology.gateways.size * valueOf(setting, 'sharePercent')) / 100);
  together(registrarId.unknown, unknown, Math.max(least, share), 'a SIP server');
}

function firmwares(view: View, failed: readonly AlertRecord[], found: Observation[]): void {
  const explained = (record: AlertRecord) =>
    [
      conditionKey('lan-segment-down', { type: 'agent', id: record.where.agentId ?? '' }),
      conditionKey('site-power-lost', { type: 'site', id: record.where.siteId ?? '' }),
    ].some((key) => (view.records.get(key)?.phase ?? null) !== null);
  const firmware = (record: AlertRecord) => {
    const gateway = view.topology.gateways.get(record.where.gatewayId ?? '');
    return gateway === undefined ? null : firmwareOf(gateway);
  };
  for (const [name, group] of groupBy(
    failed.filter((record) => !explained(record)),
    firmware,
  )) {
    if (new Set(group.map((record) => record.where.siteId)).size < 2) continue;
    const setting = view.thresholds.at('firmware-suspect', NOWHERE);
    // In a large fleet some gateways of the same firmware fail at the same time by chance.
    const share = ((running(view.topology).get(name) ?? 0) * valueOf(setting, 'sharePercent')) / 100;
    const least = Math.max(valueOf(setting, 'gatewaysMin'), Math.ceil(share));
    const subject = { type: 'shared', id: `firmware:${name}` } as const;
    const about: About = { kind: 'firmware-suspect', subject, where: commonPlace(group) };
    const words = (n: number) => `${n} gateways with ${name} at different sites failed together.`;
    judge(view, about, { group: { records: distinctGateways(group), of: group.length }, least, words }, found);
  }
}

/** Bad when `least` members began within the window; once bad, until fewer than half of that remain. */
function judge(view: View, about: About, { group, least, words }: Together, found: Observation[]): void {
  const { kind, subject, where } = about;
  const setting = view.thresholds.at(kind, where);
  if (setting.off) return;
  const times = group.records.map((record) => record.badSince ?? view.now).sort((a, b) => a - b);
  const before = view.records.get(conditionKey(kind, subject));
  const wasBad = before !== undefined && before.phase !== null && before.phase !== 'recovering';
  const holds = wasBad
    ? times.length >= Math.max(2, Math.ceil(least / 2))
    : densest(times, valueOf(setting, 'withinS') * 1000) >= least;
  if (!holds) return;
  const since = wasBad ? (before.badSince ?? view.now) : view.now;
  const seen = { members: times.length, of: group.of };
  const verdict = verdictOf(group.records);
  found.push(observation(view, about, { verdict, since, text: words(times.length), seen, members: group.records }));
}

/** The largest number of times that lie within one window. `times` ascend. */
function densest(times: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  times.forEach((time, last) => {
    while (time - times[first]! > windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

/** Counts over a topology, made once for each: a step with many outages asks for many. */
function counted<T>(count: (topology: Topology) => T): (topology: Topology) => T {
  const known = new WeakMap<Topology, T>();
  return (topology) => {
    let counts = known.get(topology);
    if (counts === undefined) known.set(topology, (counts = count(topology)));
    return counts;
  };
}

function tally<V>(values: Iterable<V>, key: (value: V) => string | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const name = key(value);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const agentsAt = counted(({ agents }) => tally(agents.values(), ({ siteId }) => siteId));
const gatewaysAt = counted(({ gateways }) => tally(gateways.values(), ({ siteId }) => siteId));
const gatewaysOf = counted(({ gateways }) => tally(gateways.values(), ({ agentId }) => agentId));
const running = counted(({ gateways }) => tally(gateways.values(), firmwareOf));

function verdictOf(records: readonly AlertRecord[]): Verdict {
  return records.every((record) => record.verdict === 'unknown') ? 'unknown' : 'bad';
}

function distinctGateways(records: readonly AlertRecord[]): AlertRecord[] {
  const first = new Map<string, AlertRecord>();
  for (const record of records) {
    const id = record.where.gatewayId ?? record.key;
    const known = first.get(id);
    if (known === undefined || (record.badSince ?? 0) < (known.badSince ?? 0)) first.set(id, record);
  }
  return [...first.values()];
}

/** The customer, and the site, that all have in common. */
function commonPlace(records: readonly AlertRecord[]): AlertPlace {
  const same = (read: (place: AlertPlace) => string | null) => {
    const first = records[0] === undefined ? null : read(records[0].where);
    return records.every((record) => read(record.where) === first) ? first : null;
  };
  return { ...NOWHERE, customerId: same((place) => place.customerId), siteId: same((place) => place.siteId) };
}

function groupBy(
  records: readonly AlertRecord[],
  key: (record: AlertRecord) => string | null,
): Map<string, AlertRecord[]> {
  const groups = new Map<string, AlertRecord[]>();
  for (const record of records) {
    const name = key(record);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [record]);
    else group.push(record);
  }
  return groups;
}

function observation(
  view: View,
  { kind, subject, where }: About,
  { verdict, since, text, seen, members = [] }: Judgement,
): Observation {
  const setting = view.thresholds.at(kind, where);
  return {
    key: conditionKey(kind, subject),
    kind,
    subject,
    verdict,
    at: view.now,
    since,
    severity: asGraveAs(CONDITIONS[kind].severity, members),
    where,
    evidence: { text, seen, thresholds: setting.why },
    raiseAfterMs: valueOf(setting, 'raiseAfterS') * 1000,
    clearAfterMs: valueOf(setting, 'clearAfterS') * 1000,
  };
}
