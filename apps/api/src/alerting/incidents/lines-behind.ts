import type { AffectedGateway, AffectedLine } from '@loopstart/contracts';
import { LIFE_SAFETY } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { COVERS_BY_ALARM, CUTS_OFF } from './affected.ts';
import { gatewayName } from '../../core/fleet/gateway-name.ts';

/**
 * The lines that incidents affect: one definition for the overview, which counts them, and for the page of an incident,
 * which lists them. A cause that cuts off, or that the gateway reports for itself as a whole, affects all lines behind
 * its subject; any other cause those it explains.
 */

const KINDS = [...CUTS_OFF].map((kind) => `'${kind}'`).join(', ');
/**
 * SQL: whether every line behind the subject of alert `a` is affected. A condition that the gateway itself raised names
 * no line.
 */
const COVERS = `(a.kind in (${KINDS}) or a.kind = '${COVERS_BY_ALARM}' and a.evidence->'seen'->>'alarm' is not null)`;
/** SQL: whether port `p` has a life-safety line. */
const IS_LIFE_SAFETY = `p.line_device_class in (${[...LIFE_SAFETY].map((device) => `'${device}'`).join(', ')})`;

/** An ended incident keeps the lines it explained; a recovered line is no longer behind an open one. */
const COUNTS = `(a.state = 'open' or i.state = 'resolved')`;

/** SQL of a CTE `behind (incident_id, gateway_id, "position")` over incidents `i` that match; each line once. */
const behind = (match: string): string => `hit as (
    select a.incident_id, a.kind in (${KINDS}) as cuts_off, ${COVERS} as covers, a.site_id, a.agent_id, a.gateway_id, a."position" from incident i join alert a on a.incident_id = i.id
    where ${match} and ${COUNTS}
  ), whole as (
    select incident_id, gateway_id, cuts_off from hit where covers and gateway_id is not null
    union select h.incident_id, g.id, cuts_off from hit h join gateway g on g.agent_id = h.agent_id where h.covers and h.gateway_id is null
    union select h.incident_id, g.id, cuts_off from hit h join gateway g on g.site_id = h.site_id
      where h.covers and h.gateway_id is null and h.agent_id is null
  ), behind as (
    select w.incident_id, p.gateway_id, p."position" from whole w join port p on p.gateway_id = w.gateway_id where p.removed_at is null
    union select h.incident_id, p.gateway_id, p."position" from hit h join port p on p.gateway_id = h.gateway_id and p."position" = h."position"
      where p.removed_at is null
  )`;

const LINE = `json_build_object('gatewayId', p.gateway_id, 'gatewayName', ${gatewayName('g')}, 'siteName', s.name,
  'position', p."position", 'label', coalesce(p.label, p.name), 'number', coalesce(p.number, p.reported_number), 'lineDeviceClass', p.line_device_class)`;
/** SQL: the facts that people need first. */
const FIRST = `${IS_LIFE_SAFETY} desc, lower(s.name), lower(${gatewayName('g')}), p.gateway_id, p."position"`;

/** The number of lines that an incident affects, and the first of them: life-safety lines. */
export interface BehindIncident {
  lines: number;
  lifeSafetyLines: number;
  first: AffectedLine[];
}

/** For each incident, the count of its lines and the first `most` of them. */
export async function countLinesBehind(
  sql: Sql,
  incidentIds: readonly string[],
  most: number,
): Promise<Map<string, BehindIncident>> {
  const { rows } = await sql.query<BehindIncident & { id: string }>(
    `with ${behind('i.id = any ($1)')}, ranked as (
       select b.incident_id, ${IS_LIFE_SAFETY} as grave, ${LINE} as line, row_number() over (partition by b.incident_id order by ${FIRST}) as rank
       from behind b join port p on p.gateway_id = b.gateway_id and p."position" = b."position" join gateway g on g.id = p.gateway_id join site s on s.id = g.site_id
     )
     select incident_id as id, count(*)::int as lines, (count(*) filter (where grave))::int as "lifeSafetyLines",
       coalesce(json_agg(line order by rank) filter (where rank <= $2), '[]') as first
     from ranked group by incident_id`,
    [incidentIds, most],
  );
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** The gateways that an incident affects, with the number of their lines. */
export async function gatewaysBehind(sql: Sql, incidentId: string): Promise<AffectedGateway[]> {
  const { rows } = await sql.query<AffectedGateway>(
    `with ${behind('i.id = $1')}
     select g.id, ${gatewayName('g')} as name, s.id as "siteId", s.name as "siteName",
       count(*)::int as lines, (count(*) filter (where ${IS_LIFE_SAFETY}))::int as "lifeSafetyLines"
     from behind b join port p on p.gateway_id = b.gateway_id and p."position" = b."position" join gateway g on g.id = b.gateway_id join site s on s.id = g.site_id
     group by g.id, s.id order by "lifeSafetyLines" desc, lower(s.name), lower(${gatewayName('g')}), g.id`,
    [incidentId],
  );
  return rows;
}

/** The lines and gateways that open incidents affect. */
export interface Explained {
  /** As `<gatewayId>/<position>`. */
  lines: ReadonlySet<string>;
  /** Gateways behind a cause that cuts them off completely. */
  gateways: ReadonlySet<string>;
}

/** The part of these gateways that open incidents affect. */
export async function explainedOf(sql: Sql, gatewayIds: readonly string[]): Promise<Explained> {
  const { rows } = await sql.query<{ lines: string[] | null; gateways: string[] | null }>(
    `with ${behind(`i.state = 'open'`)}
     select (select array_agg(gateway_id || '/' || "position") from behind where gateway_id = any ($1)) as lines,
       (select array_agg(gateway_id) from whole where cuts_off and gateway_id = any ($1)) as gateways`,
    [gatewayIds],
  );
  return { lines: new Set(rows[0]?.lines), gateways: new Set(rows[0]?.gateways) };
}
