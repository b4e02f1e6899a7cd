import {
  type GatewayFacts,
  HOOK_STATES,
  learnUsual,
  OPER_STATES,
  type PortBaseline,
  toCode,
  type Usual,
} from '@loopstart/domain';
import type { Sql } from '../../../core/db/database.ts';

/** Sampling interval per port: more samples would not improve the baseline. */
const LEARN_EVERY_MS = 5 * 60_000;
/** Write interval of a gateway's baselines. */
const WRITE_EVERY_MS = 60 * 60_000;
const WRITE_MAX = 200;

const ON_HOOK = toCode<string>(HOOK_STATES, 'on-hook');
const IN_SERVICE = toCode<string>(OPER_STATES, 'in-service');

interface Learnt {
  ports: Map<number, PortBaseline>;
  learntAt: number;
  /** Null: nothing to write. */
  dirtySince: number | null;
}

interface Row {
  gateway_id: string;
  position: number;
  field: 'line_voltage_v' | 'loop_current_ma';
  mean: number;
  deviation: number;
  samples: number;
}

/** Baselines of one operator's lines: learnt from readings of healthy ports, written at intervals. */
export class Baselines {
  readonly #known = new Map<string, Learnt>();

  async load(sql: Sql): Promise<void> {
    const { rows } = await sql.query<Row>(
      'select gateway_id, "position", field, mean, deviation, samples from port_baseline',
    );
    for (const row of rows) {
      const learnt = this.#of(row.gateway_id);
      const usual: Usual = { mean: row.mean, deviation: row.deviation, samples: row.samples };
      const before = learnt.ports.get(row.position) ?? NOTHING;
      learnt.ports.set(row.position, { ...before, [FIELDS[row.field]]: usual });
    }
  }

  /** In the order of `positions`; null where nothing is known. */
  of(gatewayId: string, positions: readonly number[]): GatewayFacts['baselines'] {
    const learnt = this.#known.get(gatewayId);
    return learnt === undefined ? null : positions.map((position) => learnt.ports.get(position) ?? null);
  }

  /** Learns voltage and current of an idle line from a fresh reading. Ports with a fault are skipped. */
  learn(facts: GatewayFacts, now: number): void {
    if (facts.lineVoltageV === null && facts.loopCurrentMa === null) return;
    const learnt = this.#of(facts.gatewayId);
    if (now - learnt.learntAt < LEARN_EVERY_MS) return;
    learnt.learntAt = now;
    facts.positions.forEach((position, ordinal) => {
      const healthy = (facts.fault?.[ordinal] ?? 0) === 0 && (facts.oper?.[ordinal] ?? IN_SERVICE) === IN_SERVICE;
      if (!healthy) return;
      const hook = facts.hook?.[ordinal] ?? null;
      const before = learnt.ports.get(position) ?? NOTHING;
      const volts = hook === ON_HOOK ? (facts.lineVoltageV?.[ordinal] ?? null) : null;
      const current = hook === ON_HOOK ? (facts.loopCurrentMa?.[ordinal] ?? null) : null;
      if (volts === null && current === null) return;
      learnt.ports.set(position, {
        lineVoltageV: volts === null ? before.lineVoltageV : learnUsual(before.lineVoltageV, volts),
        loopCurrentMa: current === null ? before.loopCurrentMa : learnUsual(before.loopCurrentMa, current),
      });
      learnt.dirtySince ??= now;
    });
  }

  /** Writes baselines that are due, a few gateways at a time. */
  async write(sql: Sql, operatorId: string, now: number): Promise<void> {
    const due = [...this.#known].filter(
      ([, { dirtySince }]) => dirtySince !== null && now - dirtySince >= WRITE_EVERY_MS,
    );
    const rows: (Row & { at: Date })[] = [];
    for (const [gatewayId, learnt] of due.slice(0, WRITE_MAX)) {
      learnt.dirtySince = null;
      for (const [position, baseline] of learnt.ports)
        for (const field of ['line_voltage_v', 'loop_current_ma'] as const) {
          const usual = baseline[FIELDS[field]];
          if (usual !== null) rows.push({ gateway_id: gatewayId, position, field, ...usual, at: new Date(now) });
        }
    }
    if (rows.length === 0) return;
    await sql.query(
      `insert into port_baseline (operator_id, gateway_id, "position", field, mean, deviation, samples, last_at)
       select $1, gateway_id, "position", field, mean, deviation, samples, at
       from jsonb_to_recordset($2) as d (gateway_id uuid, "position" integer, field text, mean float8, deviation float8, samples integer, at timestamptz)
       on conflict (gateway_id, "position", field) do update
         set mean = excluded.mean, deviation = excluded.deviation, samples = excluded.samples, last_at = excluded.last_at`,
      [operatorId, JSON.stringify(rows)],
    );
  }

  #of(gatewayId: string): Learnt {
    const known = this.#known.get(gatewayId);
    if (known !== undefined) return known;
    const learnt: Learnt = { ports: new Map(), learntAt: -Infinity, dirtySince: null };
    this.#known.set(gatewayId, learnt);
    return learnt;
  }
}

const FIELDS = { line_voltage_v: 'lineVoltageV', loop_current_ma: 'loopCurrentMa' } as const;
const NOTHING: PortBaseline = { lineVoltageV: null, loopCurrentMa: null };
