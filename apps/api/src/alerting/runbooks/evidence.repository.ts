import { Injectable } from '@nestjs/common';
import type { Port } from '@loopstart/contracts';
import {
  CONDITIONS,
  type ConditionKind,
  type EvidenceItem,
  type EvidenceKey,
  type EvidenceValues,
  mayInterrupt,
  type NullReason,
} from '@loopstart/domain';
import { callsOver } from '../detector/index.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { actionSubject } from '../../agents/actions/index.ts';
import { PortRepository } from '../../core/fleet/port.repository.ts';

const HOUR_MS = 3_600_000;
const CALLS_MS = 6 * HOUR_MS;
/** Changes further back explain nothing that began lately. */
const CHANGES_MS = 7 * 24 * HOUR_MS;

const STATES = ['admin', 'oper', 'hook', 'call', 'fault', 'registration'] as const;
const MEASURES = ['lineVoltageV', 'loopCurrentMa', 'ringVoltageV', 'jitterMs', 'packetLossPercent'] as const;
const REPORTED = ['signalling', 'impedance', 'countryProfile', 'codecs', 't38'] as const;
/** Conditions above a line that explain what is wrong with it. */
const WIDER = ['operator', 'site', 'agent', 'gateway', 'shared'];

interface Context {
  time_zone: string;
  observed_at: Date | null;
  wider: ConditionKind | null;
  config_at: Date | null;
  firmware_at: Date | null;
  started_at: Date | null;
  changes: number;
}

/** All evidence of a runbook in the database now; the line test comes later. */
@Injectable()
export class EvidenceRepository {
  constructor(
    private readonly db: Database,
    private readonly ports: PortRepository,
  ) {}

  /** Evidence of one port; null where there is no such port. */
  async gather(scope: Scope, gatewayId: string, position: number, now: Date): Promise<EvidenceItem[] | null> {
    const ports = await this.ports.list(scope, now, { gatewayId, limit: 500 });
    const port = ports.find((row) => row.position === position);
    if (port === undefined) return null;
    return this.db.tx(scope, async (sql) => {
      const context = await this.#context(sql, gatewayId, position, now);
      const readAt = context.observed_at?.getTime() ?? null;
      const subject = (await actionSubject(sql, gatewayId, now))?.subject;
      const free = subject === undefined ? null : mayInterrupt(position, subject);
      return [
        ...STATES.map((key) => item(key, port[key], reasonOf(port, key), readAt, 'poll')),
        item('mayInterrupt', free, 'not-supported', readAt, 'poll'),
        ...MEASURES.map((key) => item(key, port[key], reasonOf(port, key), readAt, 'poll')),
        ...REPORTED.map((key) => item(key, port[key], 'not-supported', null, 'inventory')),
        item(
          'lineDeviceClass',
          port.lineDeviceClass === 'unknown' ? null : port.lineDeviceClass,
          'never-read',
          null,
          'operator',
        ),
        item('siteTimeZone', context.time_zone, null, null, 'operator'),
        item('stateChangesLastDay', context.changes, null, now.getTime(), 'history'),
        ...ago('configChangedHoursAgo', context.config_at, now),
        ...ago('firmwareChangedHoursAgo', context.firmware_at, now),
        ...ago('restartedHoursAgo', context.started_at, now),
        ...neighbours(ports, position, readAt),
        item(
          'widerTrouble',
          context.wider === null ? null : CONDITIONS[context.wider].title,
          'not-applicable',
          now.getTime(),
          'alerts',
        ),
        ...(await this.#calls(sql, gatewayId, position, now)),
      ];
    });
  }

  async #context(sql: Sql, gatewayId: string, position: number, now: Date): Promise<Context> {
    const since = new Date(now.getTime() - CHANGES_MS);
    const { rows } = await sql.query<Context>(
      `select s.time_zone, c.observed_at,
         (select a.kind from alert a where a.state = 'open' and a.subject_type = any ($5)
            and case a.subject_type when 'gateway' then a.gateway_id = g.id when 'agent' then a.agent_id = g.agent_id when 'site' then a.site_id = g.site_id
              else exists (select from alert b where b.state = 'open' and b.gateway_id = g.id and b.hold->>'by' = a.key) end
          order by array_position($5, a.subject_type), a.opened_at limit 1) as wider,
         greatest((select max(e.at) from gateway_event e where e.gateway_id = g.id and e.kind = 'config-changed' and e.at >= $3),
           (select max(j.since) from config_job j where j.gateway_id = g.id and j.purpose = 'apply' and j.since >= $3
              and (j.holds <> 'before' or j.state = 'reverted'))) as config_at,
         (select max(e.at) from gateway_event e where e.gateway_id = g.id and e.kind = 'firmware-changed' and e.at >= $3) as firmware_at,
         (select max(e.at) from gateway_event e where e.gateway_id = g.id and e.kind in ('cold-start', 'warm-start') and e.at >= $3) as started_at,
         (select count(*)::int from port_state_change p where p.gateway_id = g.id and p."position" = $2 and p.at >= $4) as changes
       from gateway g join site s on s.id = g.site_id left join gateway_current c on c.gateway_id = g.id where g.id = $1`,
      [gatewayId, position, since, new Date(now.getTime() - 24 * HOUR_MS), WIDER],
    );
    return rows[0]!;
  }

  async #calls(sql: Sql, gatewayId: string, position: number, now: Date): Promise<EvidenceItem[]> {
    const { rows } = await sql.query<{
      positions: number[];
      calls_in: number[] | null;
      calls_out: number[] | null;
      calls_failed: number[] | null;
    }>(
      `select l.positions, to_json(s.calls_in) as calls_in, to_json(s.calls_out) as calls_out, to_json(s.calls_failed) as calls_failed
       from gateway_sample s join gateway_layout l on l.gateway_id = s.gateway_id and l.revision = s.revision
       where s.gateway_id = $1 and s.taken_at >= $2 and s.calls_failed is not null order by s.taken_at`,
      [gatewayId, new Date(now.getTime() - CALLS_MS)],
    );
    const readings = rows.map((row) => ({
      positions: row.positions,
      callsIn: row.calls_in,
      callsOut: row.calls_out,
      callsFailed: row.calls_failed,
    }));
    const counted = callsOver(readings, [position])[0] ?? null;
    const percent = counted === null || counted.calls === 0 ? null : (counted.failed * 100) / counted.calls;
    const reason: NullReason = counted === null ? 'not-supported' : 'not-applicable';
    return [
      item('callsLastSixHours', counted?.calls ?? null, reason, now.getTime(), 'history'),
      item('failedCallsPercent', percent, reason, now.getTime(), 'history'),
    ];
  }
}

function item<K extends EvidenceKey>(
  key: K,
  value: EvidenceValues[K] | null,
  reason: NullReason | null,
  at: number | null,
  source: EvidenceItem['source'],
): EvidenceItem {
  return { key, value, reason: value === null ? (reason ?? 'never-read') : null, at, source };
}

function reasonOf(port: Port, field: string): NullReason {
  return port.nulls[field] ?? 'never-read';
}

/** That nothing changed lately is no gap in what is known: then there is no item. */
function ago(
  key: 'configChangedHoursAgo' | 'firmwareChangedHoursAgo' | 'restartedHoursAgo',
  at: Date | null,
  now: Date,
): EvidenceItem[] {
  if (at === null) return [];
  return [item(key, (now.getTime() - at.getTime()) / HOUR_MS, null, at.getTime(), 'events')];
}

function neighbours(ports: readonly Port[], position: number, readAt: number | null): EvidenceItem[] {
  const others = ports.filter(
    (port) => port.position !== position && port.lineDeviceClass !== 'unused' && port.severity !== 'unknown',
  );
  const wrong = others.filter(
    ({ severity }) => severity === 'minor' || severity === 'major' || severity === 'critical',
  );
  return [
    item('neighboursInUse', others.length, null, readAt, 'neighbours'),
    item('neighboursWrong', wrong.length, null, readAt, 'neighbours'),
  ];
}
