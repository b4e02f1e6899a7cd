import { Injectable } from '@nestjs/common';
import type { ConfigJob } from '@loopstart/contracts';
import type { ConfigGatewayState } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { reasonSentence, SHOWN_STATE } from '../deployments/index.ts';

/** Which entries concern a gateway or line. */
export interface Concerned {
  /** Keys of the places that it is in. */
  places: readonly string[];
  /** The line devices it has: settings for others do not concern it. */
  deviceClasses: readonly string[];
  /** The dial plans that its lines use. */
  dialPlans: readonly string[];
}

/** From where a part of the timeline is read: until a moment, and after an item. */
export interface Part {
  until: string | null;
  after: (string | number)[] | null;
  limit: number;
}

export interface RevisionMoment {
  id: string;
  at: Date;
  by: string;
  reason: string;
  name: string;
  number: number;
  rolledBackTo: number | null;
}

export interface DeploymentMoment {
  id: string;
  at: Date;
  by: string;
  reason: string;
  deploymentId: string;
  revision: number;
  state: ConfigGatewayState;
  since: Date;
  stateReason: string | null;
  verdict: ConfigJob['verdict'];
}

/** SQL: entry `e` concerns what `$2` to `$4` say. */
const CONCERNS = `e.operator_id = $1 and e.from_revision is not null and e.place = any ($2)
  and (e.device_class is null or e.device_class = any ($3)) and (e.kind <> 'dial-plan' or e.name = any ($4))`;
/** SQL: a row is in a part, whose values begin with `$first`. */
const inPart = (first: number, at: string, id: string) =>
  `($${first}::timestamptz is null or ${at} <= $${first}) and ($${first + 1}::timestamptz is null or (${at}, ${id} collate "C") < ($${first + 1}, $${first + 2}::text collate "C"))`;

const concernedValues = (operatorId: string, { places, deviceClasses, dialPlans }: Concerned): unknown[] => [
  operatorId,
  places,
  deviceClasses,
  dialPlans,
];

/** What was published and deployed for one gateway. */
@Injectable()
export class TimelineRepository {
  async revisions(sql: Sql, operatorId: string, concerned: Concerned, part: Part): Promise<RevisionMoment[]> {
    const { rows } = await sql.query<RevisionMoment>(
      `select r.number::text as id, r.published_at as at, r.published_by_name as by, r.reason, r.name, r.number, r.rolled_back_to as "rolledBackTo"
       from config_revision r where r.operator_id = $1 and r.number in (select e.from_revision from config_entry e where ${CONCERNS})
         and ${inPart(5, 'r.published_at', 'r.number::text')} order by r.published_at desc, r.number::text collate "C" desc limit $8`,
      [...concernedValues(operatorId, concerned), ...valuesOf(part)],
    );
    return rows;
  }

  async deployments(sql: Sql, operatorId: string, gatewayId: string, part: Part): Promise<DeploymentMoment[]> {
    const { rows } = await sql.query<DeploymentMoment & { code: ConfigJob['reasonCode'] }>(
      `select j.id, d.started_at as at, d.started_by_name as by, d.reason, d.id as "deploymentId", d.revision, ${SHOWN_STATE} as state, j.since,
         j.detail as "stateReason", j.reason as code, j.verdict
       from config_job j join config_deployment d on d.id = j.deployment_id
       where j.operator_id = $1 and j.gateway_id = $2
         and ${inPart(3, 'd.started_at', 'j.id::text')} order by d.started_at desc, j.id::text collate "C" desc limit $6`,
      [operatorId, gatewayId, ...valuesOf(part)],
    );
    return rows.map(({ code, ...row }) => ({ ...row, stateReason: row.stateReason ?? reasonSentence(code) }));
  }

  /** How many there are until the moment. */
  async count(
    sql: Sql,
    operatorId: string,
    gatewayId: string,
    concerned: Concerned,
    until: string | null,
  ): Promise<number> {
    const { rows } = await sql.query<{ total: number }>(
      `select (select count(*) from config_revision r where r.operator_id = $1 and ($5::timestamptz is null or r.published_at <= $5)
           and r.number in (select e.from_revision from config_entry e where ${CONCERNS}))::int
         + (select count(*) from config_job j join config_deployment d on d.id = j.deployment_id
           where j.operator_id = $1 and j.gateway_id = $6 and ($5::timestamptz is null or d.started_at <= $5))::int as total`,
      [...concernedValues(operatorId, concerned), until, gatewayId],
    );
    return rows[0]!.total;
  }
}

const valuesOf = ({ until, after, limit }: Part): unknown[] => [until, after?.[0] ?? null, after?.[1] ?? null, limit];
