import { Injectable } from '@nestjs/common';
import { type ConfigTimelineItem, TIMELINE_CHANGES_MAX } from '@loopstart/contracts';
import { type EntryPlace, placeKey } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { EffectiveService, placesOf, type ResolvedGateway } from '../entries/index.ts';
import { ChangesRepository } from '../revisions/index.ts';
import {
  type Concerned,
  type DeploymentMoment,
  type Part,
  type RevisionMoment,
  TimelineRepository,
} from './timeline.repository.ts';

/** An item with what orders it. */
export interface TimelineRow {
  id: string;
  item: ConfigTimelineItem;
}

/** What was changed for a gateway or line, by whom and why, and how it ended there. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly db: Database,
    private readonly effective: EffectiveService,
    private readonly changes: ChangesRepository,
    private readonly timeline: TimelineRepository,
  ) {}

  list(
    scope: Scope,
    gatewayId: string,
    { position, ...part }: Part & { position: number | undefined },
  ): Promise<{ rows: TimelineRow[]; total: number }> {
    const { operatorId } = scope;
    return this.db.tx(scope, async (sql) => {
      const { facts, stack } = await this.effective.stack(sql, operatorId, gatewayId, undefined);
      const ports = facts.ports.filter((port) => position === undefined || port.position === position);
      if (position !== undefined) found(ports[0]);
      const places = placesOf(facts, ports);
      const concerned = concernedOf(places, stack.resolve(facts, ports));
      const revisions = await this.timeline.revisions(sql, operatorId, concerned, part);
      const deployments = await this.timeline.deployments(sql, operatorId, gatewayId, part);
      const moments = [
        ...revisions.map((moment) => ({ kind: 'revision' as const, moment })),
        ...deployments.map((moment) => ({ kind: 'deployment' as const, moment })),
      ]
        .toSorted((a, b) => b.moment.at.getTime() - a.moment.at.getTime() || (a.moment.id < b.moment.id ? 1 : -1))
        .slice(0, part.limit);
      const rows: TimelineRow[] = [];
      for (const one of moments)
        rows.push({
          id: one.moment.id,
          item:
            one.kind === 'deployment'
              ? deploymentItem(one.moment)
              : await this.#revisionItem(sql, operatorId, concerned, one.moment),
        });
      return { rows, total: await this.timeline.count(sql, operatorId, gatewayId, concerned, part.until) };
    });
  }

  async #revisionItem(
    sql: Sql,
    operatorId: string,
    concerned: Concerned,
    { at, by, reason, name, number, rolledBackTo }: RevisionMoment,
  ): Promise<ConfigTimelineItem> {
    const changes = (await this.changes.ofRevision(sql, operatorId, number, concerned.places)).filter(
      ({ kind, name: entry, deviceClass }) =>
        (deviceClass === null || concerned.deviceClasses.includes(deviceClass)) &&
        (kind !== 'dial-plan' || concerned.dialPlans.includes(entry)),
    );
    return {
      kind: 'revision',
      at: at.toISOString(),
      by,
      reason,
      revision: number,
      name,
      rolledBackTo,
      changes: changes.slice(0, TIMELINE_CHANGES_MAX),
      changesTotal: changes.length,
    };
  }
}

function concernedOf(places: readonly EntryPlace[], { ports }: ResolvedGateway): Concerned {
  const dialPlans = ports.map(({ resolution }) => resolution.values.get('port.dialPlan')?.value);
  return {
    places: places.map(placeKey),
    deviceClasses: [...new Set(ports.map(({ facts }) => facts.deviceClass))],
    dialPlans: [...new Set(dialPlans.filter((name) => typeof name === 'string'))],
  };
}

function deploymentItem({ id, at, since, ...rest }: DeploymentMoment): ConfigTimelineItem {
  return { kind: 'deployment', at: at.toISOString(), since: since.toISOString(), ...rest };
}
