import { Injectable } from '@nestjs/common';
import { type ConfigEdit, duplicateAccounts, type EntryPlace, type Finding, type LineAccount } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { EntryRepository, GatewayFactsRepository } from '../entries/index.ts';
import { FleetView, type Viewed } from './fleet-view.ts';
import { type GatewayPlan, planGateway } from './gateway-plan.ts';
import { isOfWholeGateways, portsMatter } from './ports-matter.ts';

/** Plans what edits do, gateway by gateway. */
@Injectable()
export class Planner {
  constructor(
    readonly entries: EntryRepository,
    readonly gateways: GatewayFactsRepository,
  ) {}

  /** The gateways that change, in the order of their ids, after this one. */
  async *changes(sql: Sql, operatorId: string, edits: readonly ConfigEdit[], after = ''): AsyncGenerator<GatewayPlan> {
    const ids = await this.gateways.idsAt(sql, operatorId, placesOf(edits));
    const view = await FleetView.open(this, sql, operatorId, edits);
    const isOfWhole = edits.every(isOfWholeGateways);
    const readsPorts = isOfWhole ? portsMatter : () => true;
    for await (const { facts, before, after: edited } of view.walk(
      ids.filter((id) => id > after),
      readsPorts,
    )) {
      const was = before.resolve(facts, readsPorts(facts) ? facts.ports : []);
      const is = isOfWhole ? { ...edited.resolve(facts, []), ports: was.ports } : edited.resolve(facts);
      const plan = planGateway(facts, was, is, isOfWhole);
      if (plan !== null) yield plan;
    }
  }

  /** The gateways as they are in force. */
  async *inForce(sql: Sql, operatorId: string, gatewayIds: readonly string[]): AsyncGenerator<Viewed> {
    yield* this.view(sql, operatorId, gatewayIds, []);
  }

  /** These gateways as they are in force, and as they would be with the edits. */
  async *view(
    sql: Sql,
    operatorId: string,
    gatewayIds: readonly string[],
    edits: readonly ConfigEdit[],
  ): AsyncGenerator<Viewed> {
    yield* (await FleetView.open(this, sql, operatorId, edits)).walk(gatewayIds);
  }

  /** Accounts that lines of these sites share after the edits. `changed`: `<gateway id> <position>` of changed ones. */
  async duplicates(
    sql: Sql,
    operatorId: string,
    edits: readonly ConfigEdit[],
    { siteIds, changed }: { siteIds: ReadonlySet<string>; changed: ReadonlySet<string> },
  ): Promise<Finding[]> {
    if (siteIds.size === 0) return [];
    const places = [...siteIds].map((siteId): EntryPlace => ({ layer: 'site', siteId }));
    const ids = await this.gateways.idsAt(sql, operatorId, places);
    const view = await FleetView.open(this, sql, operatorId, edits);
    const accounts: LineAccount[] = [];
    for await (const { facts, after } of view.walk(ids))
      for (const { facts: port, resolution } of after.resolve(facts).ports) {
        const extension = resolution.values.get('port.extension')?.value;
        if (typeof extension !== 'string') continue;
        const { position } = port;
        const isChanged = changed.has(`${facts.id} ${position}`);
        accounts.push({ siteId: facts.siteId, gatewayId: facts.id, position, extension, isChanged });
      }
    return duplicateAccounts(accounts);
  }
}

const placesOf = (edits: readonly ConfigEdit[]): EntryPlace[] => [
  ...new Map(edits.map(({ place }) => [JSON.stringify(place), place])).values(),
];
