import { type AgentFacts, type GatewayRow, instancesOf } from '@loopstart/mib';
import { type MibView, type Oid, SnmpResponder, SortedMib, type VarBind } from '@loopstart/snmp';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Listener } from '../core/door.ts';
import { type ReadSession, rowOf } from './rows.ts';
import type { SnmpFaceSettings } from './settings.ts';
import { type Source, SourceLimit } from './source-limit.ts';

/** The view is made anew at most this often, however often it is asked. */
const REFRESH_MS = 2_000;
/** Answers fit into one packet of an ordinary network. */
const ANSWER_BYTES_MAX = 1_400;

export interface SnmpFaceOptions {
  settings: SnmpFaceSettings;
  engine: { engineId: Uint8Array; engineBoots: number };
  clock: Clock;
  log: Logger;
  sessions: () => readonly ReadSession[];
  agent: () => Pick<AgentFacts, 'agentId' | 'siteId' | 'hostname' | 'version' | 'startedAt'>;
}

/** What the command line shows of it. */
export interface SnmpFaceStatus {
  /** Null: it does not listen, because the port is not available. */
  port: number | null;
  gateways: number;
  answered: number;
  refused: number;
  malformed: number;
  notListed: number;
  sources: Source[];
}

/**
 * The agent as an SNMP agent for network management: LOOPSTART-MIB over what was last read, so that a request never
 * reaches a gateway.
 */
export class SnmpFace implements Listener, MibView {
  readonly #options: SnmpFaceOptions;
  readonly #limit: SourceLimit;
  readonly #responder: SnmpResponder;
  #mib = new SortedMib();
  #rows: GatewayRow[] = [];
  #shown = '';
  #refreshedMs = Number.NEGATIVE_INFINITY;
  #revision = 0;
  #port: number | null = null;

  constructor(options: SnmpFaceOptions) {
    const { settings, engine, clock } = options;
    this.#options = options;
    const limit = (this.#limit = new SourceLimit(settings.allow));
    this.#responder = new SnmpResponder({
      view: this,
      credentials: [
        ...settings.users.map((user) => ({
          version: 'v3' as const,
          level: 'authPriv' as const,
          readOnly: true,
          ...user,
        })),
        ...settings.communities.map((community) => ({ version: 'v2c' as const, community, readOnly: true })),
      ],
      ...engine,
      maxBytes: ANSWER_BYTES_MAX,
      admit: ({ address }) => limit.admit(address, { nowMs: clock.now(), monotonicMs: clock.monotonicMs() }),
      now: () => clock.monotonicMs(),
    });
  }

  async listen(port: number, address?: string): Promise<void> {
    await this.close();
    this.#port = (await this.#responder.listen(port, address)).port;
    this.#options.log.info({ port: this.#port }, 'answering SNMP');
  }

  async close(): Promise<void> {
    await this.#responder.close();
    this.#port = null;
  }

  get status(): SnmpFaceStatus {
    const { answered, refused, malformed } = this.#responder.counters;
    return {
      port: this.#port,
      gateways: this.#current().#rows.length,
      answered,
      refused,
      malformed,
      notListed: this.#limit.strangers,
      sources: this.#limit.sources,
    };
  }

  get revision(): number {
    return this.#current().#revision;
  }

  get(oid: Oid): VarBind['value'] | undefined {
    return this.#current().#mib.get(oid);
  }

  next(oid: Oid): VarBind | undefined {
    return this.#current().#mib.next(oid);
  }

  /** Makes the view anew where something was read since. */
  #current(): this {
    const { clock, sessions, agent, settings } = this.#options;
    const monotonicMs = clock.monotonicMs();
    if (monotonicMs - this.#refreshedMs < REFRESH_MS) return this;
    this.#refreshedMs = monotonicMs;
    const rows = sessions().flatMap((session) => rowOf(session, clock.now()) ?? []);
    const shown = rows.map(markOf).join();
    if (shown === this.#shown && this.#revision > 0) return this;
    this.#shown = shown;
    this.#rows = rows;
    this.#mib = SortedMib.ofSorted(instancesOf(settings.enterprise, factsOf(agent(), rows), rows));
    this.#revision += 1;
    return this;
  }
}

/** Changes with everything that the rows of a gateway show. */
const markOf = ({ gateway }: GatewayRow): string =>
  [
    gateway.gatewayId,
    gateway.readAt,
    gateway.lastAnswerAt,
    gateway.current,
    gateway.reachability,
    gateway.reason,
    gateway.name,
    gateway.ports,
  ].join(' ');

const factsOf = (agent: ReturnType<SnmpFaceOptions['agent']>, rows: readonly GatewayRow[]): AgentFacts => ({
  ...agent,
  gateways: rows.length,
  gatewaysReachable: rows.filter(({ gateway }) => gateway.reachability === 'reachable').length,
  ports: rows.reduce((total, { ports }) => total + ports.length, 0),
});
