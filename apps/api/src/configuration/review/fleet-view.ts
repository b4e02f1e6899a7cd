import { setImmediate } from 'node:timers/promises';
import { applyEdits, type ConfigEdit } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { type EntryRepository, type GatewayFacts, type GatewayFactsRepository, LayerStack } from '../entries/index.ts';

/** Gateways that are read at once: bounds memory. */
const CHUNK = 200;
/** After so many gateways other requests have their turn. */
const TURN = 4;

/** One gateway with its layers without and with the edits. */
export interface Viewed {
  facts: GatewayFacts;
  before: LayerStack;
  after: LayerStack;
}

/** The fleet without and with some edits, read chunk by chunk. */
export class FleetView {
  readonly #before: LayerStack;
  readonly #after: LayerStack;
  readonly #ownEdits: ReadonlyMap<string, ConfigEdit[]>;
  private readonly read: { entries: EntryRepository; gateways: GatewayFactsRepository };
  private readonly sql: Sql;
  private readonly operatorId: string;

  private constructor(
    read: FleetView['read'],
    sql: Sql,
    operatorId: string,
    layers: { before: LayerStack; after: LayerStack; ownEdits: ReadonlyMap<string, ConfigEdit[]> },
  ) {
    this.read = read;
    this.sql = sql;
    this.operatorId = operatorId;
    this.#before = layers.before;
    this.#after = layers.after;
    this.#ownEdits = layers.ownEdits;
  }

  static async open(
    read: FleetView['read'],
    sql: Sql,
    operatorId: string,
    edits: readonly ConfigEdit[],
  ): Promise<FleetView> {
    const shared = await read.entries.shared(sql, operatorId, null);
    const ownEdits = Map.groupBy(edits, gatewayOf);
    const sharedEdits = ownEdits.get('') ?? [];
    const before = new LayerStack(shared);
    const after = sharedEdits.length === 0 ? before : new LayerStack(applyEdits(shared, sharedEdits));
    return new FleetView(read, sql, operatorId, { before, after, ownEdits });
  }

  /** These gateways; what is set for ports of those alone for which `readsPorts` says so. */
  async *walk(
    ids: readonly string[],
    readsPorts: (facts: GatewayFacts) => boolean = () => true,
  ): AsyncGenerator<Viewed> {
    const { entries, gateways } = this.read;
    for (let at = 0; at < ids.length; at += CHUNK) {
      const chunk = ids.slice(at, at + CHUNK);
      const some = await gateways.some(this.sql, this.operatorId, chunk);
      const withPorts = some.filter(readsPorts).map(({ id }) => id);
      const read = await entries.ofGateways(this.sql, this.operatorId, null, chunk, withPorts);
      const own = Map.groupBy(read, gatewayOf);
      for (const [at, facts] of some.entries()) {
        if (at % TURN === 0) await setImmediate();
        const mine = own.get(facts.id) ?? [];
        const edited = applyEdits(mine, this.#ownEdits.get(facts.id) ?? []);
        yield { facts, before: this.#before.with(mine), after: this.#after.with(edited) };
      }
    }
  }
}

/** The gateway of an entry; empty where it is of several. */
const gatewayOf = ({ place }: Pick<ConfigEdit, 'place'>): string => ('gatewayId' in place ? place.gatewayId : '');
