import { isDeepStrictEqual } from 'node:util';
import {
  type AgentFacts,
  type ConfigurationFacts,
  type FailedAction,
  freshness,
  type GatewayFacts,
  type ThresholdOverride,
  type Topology,
} from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';
import type { Baselines } from './baselines.ts';
import { callsOver } from './calls.ts';
import { configurationFacts, NO_CONFIGURATION } from './configuration-facts.ts';
import { failedActions } from './failed-actions.ts';
import type { AgentRow, CurrentRow, FactsRepository, GatewayRow, LineTestRow } from './facts.repository.ts';
import { gatewayFacts, lineTestFacts, unaskedStart } from './gateway-facts.ts';
import type { SiteProbes } from './site-probes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far back actions are considered. */
const HISTORY_MS = 7 * DAY_MS;
const CALLS_OVER_MS = 6 * HOUR_MS;
const CALLS_EVERY_MS = 5 * 60_000;
/** Full reload interval, independent of events: device classes and the like. */
const ANEW_EVERY_MS = 5 * 60_000;
/** Time allowed for a requested restart. */
const REBOOT_TAKES_MS = 15 * 60_000;
const CHUNK = 500;

interface Known {
  place: GatewayRow;
  facts: GatewayFacts;
  /** Whether it was fresh at its last evaluation: going stale causes another one. */
  fresh: boolean;
}

export interface Changes {
  topology: Topology;
  agents: AgentFacts[];
  gateways: GatewayFacts[];
  thresholds: readonly ThresholdOverride[];
  /** Subjects that no longer exist. */
  gone: string[];
  /** Gateways among them that were taken out of service. */
  retired: ReadonlySet<string>;
}

/** The facts of one operator's fleet, kept in memory and updated with changes in the database. */
export class FleetFacts {
  readonly #repository: FactsRepository;
  readonly #baselines: Baselines;
  readonly #probes: SiteProbes;
  readonly #operatorId: string;
  #sites = new Map<string, { id: string; customerId: string }>();
  #agents = new Map<string, AgentFacts>();
  #gateways = new Map<string, Known>();
  #reboots = new Map<string, { from: number; to: number }[]>();
  #lineTests = new Map<string, Map<number, LineTestRow>>();
  #failedActions = new Map<string, FailedAction[]>();
  #configuration = new Map<string, ConfigurationFacts>();
  #calls = new Map<string, Map<number, { calls: number; failed: number } | null>>();
  #placesChanged = true;
  #thresholds: ThresholdOverride[] = [];
  #thresholdsText = '[]';
  #callsAt = 0;
  #anewAt = 0;
  #topology: Topology = { sites: new Map(), agents: new Map(), gateways: new Map() };

  constructor(repository: FactsRepository, baselines: Baselines, probes: SiteProbes, operatorId: string) {
    this.#repository = repository;
    this.#baselines = baselines;
    this.#probes = probes;
    this.#operatorId = operatorId;
  }

  get topology(): Topology {
    return this.#topology;
  }

  get agents(): ReadonlyMap<string, AgentFacts> {
    return this.#agents;
  }

  /** After a failed evaluation: the next sweep evaluates everything. */
  distrust(): void {
    this.#anewAt = 0;
  }

  portsOf(gatewayId: string): number {
    return this.#gateways.get(gatewayId)?.facts.positions.length ?? 0;
  }

  hasPort(gatewayId: string, position: number): boolean {
    return this.#gateways.get(gatewayId)?.facts.positions.includes(position) ?? false;
  }

  /** How much is watched. */
  get size(): { agents: number; gateways: number; ports: number } {
    let ports = 0;
    for (const { facts } of this.#gateways.values()) ports += facts.positions.length;
    return { agents: this.#agents.size, gateways: this.#gateways.size, ports };
  }

  /**
   * Reads the whole fleet. Returns all agents, and the gateways that changed, went stale, or are among `wanted`.
   */
  async sweep(sql: Sql, now: number, wanted: ReadonlySet<string>): Promise<Changes> {
    const repository = this.#repository;
    const sites = await repository.sites(sql);
    this.#sites = new Map(sites.map((row) => [row.id, { id: row.id, customerId: row.customer_id }]));
    this.#placesChanged = true;
    this.#probes.know(this.#operatorId, sites);
    const agents = await repository.agents(sql, null);
    const gateways = await repository.gateways(sql, null);
    const gone = this.#gone(agents, gateways);
    this.#agents = new Map(agents.map((row) => [row.id, this.#agentFacts(row)]));
    const touched = await this.#actions(sql, now);
    for (const id of await this.#configured(sql, now)) touched.add(id);
    for (const id of await this.#recentCalls(sql, now)) touched.add(id);
    const anew = now - this.#anewAt >= ANEW_EVERY_MS || (await this.#loadThresholds(sql));
    if (anew) this.#anewAt = now;
    for (const place of gateways) {
      const known = this.#gateways.get(place.id);
      if (anew || known === undefined || known.place.version !== place.version) touched.add(place.id);
      else if (known.fresh && !isFresh(known.facts, now)) touched.add(place.id);
    }
    await this.#load(sql, new Map(gateways.map((place) => [place.id, place])), touched, now, gone);
    this.#describe();
    return this.#changes([...this.#agents.keys()], new Set([...touched, ...wanted]), gone);
  }

  /** Reads the few gateways and agents of which events arrived. */
  async touch(
    sql: Sql,
    now: number,
    changed: { agents: ReadonlySet<string>; gateways: ReadonlySet<string> },
    options: { allAgents: boolean },
  ): Promise<Changes> {
    const wanted = options.allAgents ? null : [...changed.agents];
    const agents = wanted?.length === 0 ? [] : await this.#repository.agents(sql, wanted);
    for (const row of agents) {
      if (this.#agents.get(row.id)?.siteId !== row.site_id) this.#placesChanged = true;
      this.#agents.set(row.id, this.#agentFacts(row));
    }
    const touched = new Set(changed.gateways);
    const gone: string[] = [];
    if (touched.size > 0) {
      for (const id of await this.#actions(sql, now)) touched.add(id);
      await this.#configuredOf(sql, now, touched);
      const places = await this.#repository.gateways(sql, [...touched]);
      const there = new Set(places.map((place) => place.id));
      for (const id of touched) if (!there.has(id)) this.#drop(id, gone);
      await this.#load(sql, new Map(places.map((place) => [place.id, place])), touched, now, gone);
    }
    this.#describe();
    return this.#changes(
      agents.map((row) => row.id),
      touched,
      gone,
    );
  }

  /** The last known facts of these gateways. */
  #changes(agents: readonly string[], gateways: ReadonlySet<string>, gone: string[]): Changes {
    return {
      topology: this.#topology,
      agents: agents.flatMap((id) => this.#agents.get(id) ?? []),
      gateways: [...gateways].flatMap((id) => this.#gateways.get(id)?.facts ?? []),
      thresholds: this.#thresholds,
      gone,
      retired: new Set(),
    };
  }

  async #load(
    sql: Sql,
    places: ReadonlyMap<string, GatewayRow>,
    ids: ReadonlySet<string>,
    now: number,
    gone: string[],
  ): Promise<void> {
    const list = [...ids].filter((id) => places.has(id));
    for (let at = 0; at < list.length; at += CHUNK) {
      for (const row of await this.#repository.current(sql, list.slice(at, at + CHUNK)))
        this.#take(places.get(row.id)!, row, now, gone);
    }
  }

  #take(place: GatewayRow, row: CurrentRow, now: number, gone: string[]): void {
    const known = this.#gateways.get(place.id);
    const before = known?.facts;
    if (known === undefined || !samePlace(known.place, place)) this.#placesChanged = true;
    const positions = (row.ports ?? []).map(([position]) => position);
    const tests = this.#lineTests.get(place.id);
    const calls = this.#calls.get(place.id);
    const facts = gatewayFacts(place, row, {
      failedActions: this.#failedActions.get(place.id) ?? [],
      configuration: this.#configuration.get(place.id) ?? NO_CONFIGURATION,
      restartedAt: unaskedStart(row.alarms?.startedAt ?? null, this.#reboots.get(place.id) ?? []),
      recentCalls: calls === undefined ? null : positions.map((position) => calls.get(position) ?? null),
      baselines: this.#baselines.of(place.id, positions),
      lineTests: tests === undefined ? null : (row.ports ?? []).map((port) => lineTestFacts(tests, port, place.model)),
    });
    for (const position of before?.positions ?? [])
      if (!positions.includes(position)) gone.push(`port:${place.id}/${position}`);
    const fresh = isFresh(facts, now);
    if (fresh && facts.observedAt !== before?.observedAt) this.#baselines.learn(facts, now);
    this.#gateways.set(place.id, { place, facts, fresh });
  }

  #agentFacts(row: AgentRow): AgentFacts {
    return {
      agentId: row.id,
      siteId: row.site_id,
      lastSeenAt: row.last_seen_at?.getTime() ?? null,
      online: row.online,
      stoppedAt: row.stopped_at?.getTime() ?? null,
      clockSkewMs: row.clock_skew_ms,
      outboxOldestAt: row.outbox_oldest_at,
      certificateExpiresAt: row.certificate_expires_at.getTime(),
      lostAt: row.lost_at?.getTime() ?? null,
      identityConflictAt: row.identity_conflict_at?.getTime() ?? null,
      returnAskedAt: row.return_asked_at?.getTime() ?? null,
      siteAnswers: this.#probes.answerOf(row.site_id),
      lifeSafetyLines: row.life_safety_lines,
    };
  }

  /** Reads outcomes of actions; returns the gateways with new ones. */
  async #actions(sql: Sql, now: number): Promise<Set<string>> {
    const touched = new Set<string>();
    const reboots = await this.#repository.reboots(sql, new Date(now - HISTORY_MS));
    this.#reboots = new Map();
    for (const row of reboots) {
      const window = { from: row.requested_at.getTime(), to: row.expires_at.getTime() + REBOOT_TAKES_MS };
      this.#reboots.set(row.gateway_id, [...(this.#reboots.get(row.gateway_id) ?? []), window]);
    }
    for (const row of await this.#repository.lineTests(sql, new Date(now - HISTORY_MS))) {
      const tests = this.#lineTests.get(row.gateway_id) ?? new Map<number, LineTestRow>();
      this.#lineTests.set(row.gateway_id, tests);
      if (tests.get(row.position)?.updated_at.getTime() === row.updated_at.getTime()) continue;
      tests.set(row.position, row);
      touched.add(row.gateway_id);
    }
    const failed = failedActions(await this.#repository.actions(sql, new Date(now - HISTORY_MS)));
    for (const id of new Set([...failed.keys(), ...this.#failedActions.keys()]))
      if (failed.get(id)?.at(-1)?.at !== this.#failedActions.get(id)?.at(-1)?.at) touched.add(id);
    this.#failedActions = failed;
    return touched;
  }

  /** Reads what is wrong with configurations; returns the gateways where that changed. */
  async #configured(sql: Sql, now: number): Promise<string[]> {
    const former = this.#configuration;
    this.#configuration = await configurationFacts(sql, new Date(now));
    const ids = new Set([...former.keys(), ...this.#configuration.keys()]);
    return [...ids].filter((id) => !isDeepStrictEqual(former.get(id), this.#configuration.get(id)));
  }

  /** Reads what is wrong with the configuration of these gateways. */
  async #configuredOf(sql: Sql, now: number, gatewayIds: ReadonlySet<string>): Promise<void> {
    const found = await configurationFacts(sql, new Date(now), [...gatewayIds]);
    for (const id of gatewayIds) {
      const facts = found.get(id);
      if (facts === undefined) this.#configuration.delete(id);
      else this.#configuration.set(id, facts);
    }
  }

  /** Only fax lines are evaluated by their calls, and call counters change slowly. */
  async #recentCalls(sql: Sql, now: number): Promise<string[]> {
    if (now - this.#callsAt < CALLS_EVERY_MS) return [];
    this.#callsAt = now;
    const ids = await this.#repository.faxGateways(sql);
    const rows = ids.length === 0 ? [] : await this.#repository.counters(sql, ids, new Date(now - CALLS_OVER_MS));
    this.#calls = new Map();
    for (const [id, readings] of Map.groupBy(rows, (row) => row.gateway_id)) {
      const positions = readings.at(-1)!.positions;
      const counted = readings.map((row) => ({
        positions: row.positions,
        callsIn: row.calls_in,
        callsOut: row.calls_out,
        callsFailed: row.calls_failed,
      }));
      const over = callsOver(counted, positions);
      this.#calls.set(id, new Map(positions.map((position, index) => [position, over[index] ?? null])));
    }
    return ids;
  }

  /** True where they changed, which requires a full evaluation. */
  async #loadThresholds(sql: Sql): Promise<boolean> {
    const thresholds = await this.#repository.thresholds(sql);
    const text = JSON.stringify(thresholds);
    if (text === this.#thresholdsText) return false;
    this.#thresholds = thresholds;
    this.#thresholdsText = text;
    return true;
  }

  #gone(agents: readonly AgentRow[], gateways: readonly GatewayRow[]): string[] {
    const gone: string[] = [];
    const agentIds = new Set(agents.map((row) => row.id));
    const gatewayIds = new Set(gateways.map((row) => row.id));
    for (const id of this.#agents.keys()) if (!agentIds.has(id)) gone.push(`agent:${id}`);
    for (const id of this.#gateways.keys()) if (!gatewayIds.has(id)) this.#drop(id, gone);
    return gone;
  }

  /** Removes a gateway and its ports. */
  #drop(id: string, gone: string[]): void {
    const known = this.#gateways.get(id);
    if (known === undefined) return;
    const { facts } = known;
    this.#placesChanged = true;
    gone.push(`gateway:${id}`, ...facts.positions.map((position) => `port:${id}/${position}`));
    this.#gateways.delete(id);
    this.#lineTests.delete(id);
  }

  #describe(): void {
    if (!this.#placesChanged) return;
    this.#placesChanged = false;
    this.#topology = {
      sites: this.#sites,
      agents: new Map([...this.#agents.values()].map(({ agentId, siteId }) => [agentId, { id: agentId, siteId }])),
      gateways: new Map(
        [...this.#gateways].map(([id, { place }]) => [
          id,
          {
            id,
            siteId: place.site_id,
            agentId: place.agent_id,
            model: place.model,
            firmware: place.firmware,
            registrar: place.sip_server,
          },
        ]),
      ),
    };
  }
}

function samePlace(a: GatewayRow, b: GatewayRow): boolean {
  return (
    a.site_id === b.site_id &&
    a.agent_id === b.agent_id &&
    a.model === b.model &&
    a.firmware === b.firmware &&
    a.sip_server === b.sip_server
  );
}

function isFresh(facts: GatewayFacts, now: number): boolean {
  return freshness(facts.observedAt, facts.pollIntervalMs, now) === 'live';
}
