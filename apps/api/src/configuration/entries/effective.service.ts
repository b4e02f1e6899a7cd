import { Injectable } from '@nestjs/common';
import type { ConfigEntry, EffectiveConfig } from '@loopstart/contracts';
import { applyEdits, type EntryPlace, placeKey, type SettingProblem } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { draftEdits } from './draft-edits.ts';
import { EntryRepository } from './entry.repository.ts';
import { entryView, settingViews } from './entry-view.ts';
import { type GatewayFacts, GatewayFactsRepository } from './gateway-facts.repository.ts';
import { LayerStack } from './layer-stack.ts';
import { placeNames } from './place-names.ts';

/** What is set where, and what follows for a gateway. */
@Injectable()
export class EffectiveService {
  constructor(
    private readonly db: Database,
    private readonly entries: EntryRepository,
    private readonly gateways: GatewayFactsRepository,
  ) {}

  list(scope: Scope, place: EntryPlace): Promise<ConfigEntry[]> {
    return this.db.tx(scope, async (sql) => {
      const name = found((await placeNames(sql, [place])).get(placeKey(place)));
      const rows = await this.entries.at(sql, scope.operatorId, place);
      return rows.map((entry) => entryView(entry, name));
    });
  }

  effective(
    scope: Scope,
    gatewayId: string,
    { draftId, position }: { draftId?: string | undefined; position?: number | undefined },
  ): Promise<EffectiveConfig> {
    const { operatorId } = scope;
    return this.db.tx(scope, async (sql) => {
      const { facts, stack } = await this.stack(sql, operatorId, gatewayId, draftId);
      const ports = facts.ports.filter((port) => position === undefined || port.position === position);
      if (position !== undefined) found(ports[0]);
      const { gateway, ports: resolved } = stack.resolve(facts, ports);
      return {
        gateway: gatewayView(facts),
        revision: await this.entries.newest(sql, operatorId),
        confirmedRevision: await confirmedRevision(sql, gatewayId),
        settings: settingViews(gateway),
        ports: resolved.map(({ facts: port, resolution }) => ({ ...port, settings: settingViews(resolution) })),
        problems: [
          ...gateway.problems.map((problem) => ({ ...problem, position: null })),
          ...resolved.flatMap(({ facts: port, resolution }) =>
            resolution.problems
              .filter((problem) => !gateway.problems.some((other) => isSame(problem, other)))
              .map((problem) => ({ ...problem, position: port.position })),
          ),
        ],
      };
    });
  }

  /** A gateway and its layers: as they are in force, or as they would be with a draft. */
  async stack(
    sql: Sql,
    operatorId: string,
    gatewayId: string,
    draftId: string | undefined,
  ): Promise<{ facts: GatewayFacts; stack: LayerStack }> {
    const facts = found((await this.gateways.some(sql, operatorId, [gatewayId]))[0]);
    const shared = await this.entries.shared(sql, operatorId, null);
    const own = await this.entries.ofGateways(sql, operatorId, null, [gatewayId]);
    const edits = draftId === undefined ? [] : await draftEdits(sql, this.entries, operatorId, draftId);
    return { facts, stack: new LayerStack(applyEdits([...shared, ...own], edits)) };
  }
}

export function gatewayView(facts: GatewayFacts): EffectiveConfig['gateway'] {
  const { id, name, siteId, siteName, customerName, vendor, model, firmware, driverId } = facts;
  return { id, name, siteId, siteName, customerName, vendor, model, firmware, driverId };
}

/** A problem of the whole gateway is found again for each port. */
const isSame = (a: SettingProblem, b: SettingProblem): boolean =>
  a.kind === b.kind && a.field === b.field && a.layer === b.layer && a.layerName === b.layerName;

async function confirmedRevision(sql: Sql, gatewayId: string): Promise<number | null> {
  const { rows } = await sql.query<{ revision: number }>(
    `select revision from config_job where gateway_id = $1 and purpose = 'apply' and state = 'confirmed' order by since desc limit 1`,
    [gatewayId],
  );
  return rows[0]?.revision ?? null;
}
