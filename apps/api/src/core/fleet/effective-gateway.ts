import { SEVERITIES } from '@loopstart/domain';
import { gatewayName } from './gateway-name.ts';

/**
 * An agent that has sent nothing for this long is silent: two and a half of its health intervals. It applies where no
 * last will reports it sooner, because the broker died with the connection.
 */
export const AGENT_LEASE_S = 75;

/** SQL: whether the agent `a` is alive at the time of parameter `now`. */
export const agentAlive = (now: string): string =>
  `(a.revoked_at is null and a.online and a.last_seen_at is not null and a.last_seen_at > ${now}::timestamptz - interval '${AGENT_LEASE_S} seconds')`;

/** SQL: state of agent `a` in the words of the contract. */
export const agentState = (now: string): string =>
  `case when a.revoked_at is not null then 'revoked' when a.last_seen_at is null then 'never-connected' when ${agentAlive(now)} then 'online' else 'silent' end`;

/**
 * SQL: whether the newest reading is recent enough, as `freshness()` of packages/domain decides it (three missed polls,
 * at least 30 s). Null before the first reading.
 */
const isLive = (now: string): string =>
  `c.observed_at >= ${now}::timestamptz - case when g.poll_interval_ms > 10000 then g.poll_interval_ms * interval '3 milliseconds' else interval '30 seconds' end`;

/** What is read of `gateway_current` for it. */
const PRESENT = [
  'reachability',
  'reachability_at',
  'unreachable_reason',
  'unreachable_code',
  'observed_at',
  'temperature_c',
  'active_calls',
  'worst',
  'ports_total',
  ...SEVERITIES.map((severity) => `ports_${severity}`),
];

/**
 * SQL subquery: every gateway the transaction may see, with its known state at the time of parameter `now` (for example
 * `$1`). The state of a gateway that is behind a silent agent, does not answer, or was read too long ago, is unknown,
 * not down: `trusted` is false there, all ports count as unknown, and `distrust` has the reason.
 *
 * Retired gateways are left out, unless `retired` includes them.
 *
 * `whole` is for sums over the fleet: each gateway is evaluated once and the result kept, instead of once for each
 * column that is derived from it, and all their presents are read at once; a condition on one gateway is then not pushed
 * down. `each` is for looking up one
 * gateway after another: its agent is then found by its index, instead of all agents being evaluated first.
 */
export function effectiveGateways(
  now: string,
  options: { whole?: boolean; each?: boolean; retired?: boolean } = {},
): string {
  const fence = options.whole === true ? 'offset 0' : '';
  // The planner overrates what the scope of a row costs, and would look up the present of one gateway after another.
  const present =
    options.whole === true
      ? `(select gateway_id, ${PRESENT.join(', ')} from gateway_current offset 0)`
      : 'gateway_current';
  const agents = `(select a.id, a.last_seen_at, ${agentAlive(now)} as alive from agent a ${options.each === true ? '' : 'offset 0'})`;
  return `(
    select e.*,
      case when trusted then c_ok else 0 end as ports_ok,
      case when trusted then c_info else 0 end as ports_info,
      case when trusted then c_minor else 0 end as ports_minor,
      case when trusted then c_major else 0 end as ports_major,
      case when trusted then c_critical else 0 end as ports_critical,
      case when trusted then c_unknown else ports_total end as ports_unknown,
      case when trusted then c_worst else 'unknown' end as worst
    from (
      select b.*,
        case when agent_alive then coalesce(c_reachability, 'unknown') else 'unknown' end as reachability,
        case when live then 'live' when live is null then 'never' else 'stale' end as freshness,
        (agent_alive and live is true and c_reachability = 'reachable') as trusted,
        case when not agent_alive then 'agent-silent' when c_reachability = 'unreachable' then 'gateway-unreachable' when live is not true then 'gateway-stale' end as distrust,
        case when not agent_alive then agent_seen_at when c_reachability = 'unreachable' then reachability_at else observed_at end as distrust_since
      from (
        select g.id, g.operator_id, g.site_id, g.agent_id, ${gatewayName('g')} as name, g.name_key, g.vendor, g.model, g.model_reason, g.firmware, g.firmware_key,
          g.address, g.driver_id, g.evidence, g.unknown_hardware, g.poll_interval_ms, g.first_seen_at, g.serial, g.mac_address, g.retired_at,
          a.alive as agent_alive, a.last_seen_at as agent_seen_at, c.unreachable_reason, c.unreachable_code, c.reachability as c_reachability, c.reachability_at, c.observed_at,
          ${isLive(now)} as live, c.temperature_c, c.active_calls,
          coalesce(c.ports_total, 0) as ports_total, c.ports_ok as c_ok, c.ports_info as c_info, c.ports_minor as c_minor, c.ports_major as c_major,
          c.ports_critical as c_critical, c.ports_unknown as c_unknown, c.worst as c_worst
        from gateway g
        join ${agents} a on a.id = g.agent_id
        left join ${present} c on c.gateway_id = g.id
        ${options.retired === true ? '' : 'where g.retired_at is null'}
        ${fence}
      ) b ${fence}
    ) e
  )`;
}

/** SQL columns that sum a set of effective gateways `g` into PortCounts (null-safe where there is none). */
export const SUM_PORTS = `json_build_object(
  'total', coalesce(sum(g.ports_total), 0), 'ok', coalesce(sum(g.ports_ok), 0), 'info', coalesce(sum(g.ports_info), 0), 'minor', coalesce(sum(g.ports_minor), 0),
  'major', coalesce(sum(g.ports_major), 0), 'critical', coalesce(sum(g.ports_critical), 0), 'unknown', coalesce(sum(g.ports_unknown), 0))`;

/** SQL: the worst severity over a set of effective gateways `g`; the set may be empty. */
export const WORST_OF = `case when count(g.id) = 0 then 'ok'
  when bool_or(g.worst = 'critical') then 'critical' when bool_or(g.worst = 'major') then 'major' when bool_or(g.worst = 'minor') then 'minor'
  when bool_or(g.worst = 'unknown') then 'unknown' when bool_or(g.worst = 'info') then 'info' else 'ok' end`;
