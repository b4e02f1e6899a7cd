import { Inject, Injectable } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import {
  APPLY_ENDS,
  type BusyJob,
  type ConfigJob,
  type DeployedJob,
  type DeploymentMode,
  type DeploymentState,
  isParked,
  type JobEvent,
  maintenanceNow,
  releaseJobs,
  stepJob,
} from '@loopstart/domain';
import { JOB_STATE_COLUMNS, type JobStateRow, saveJobState, toJobState } from '../../agents/config-jobs/index.ts';
import { AgentSignals } from '../../agents/registry/index.ts';
import { MaintenanceRepository } from '../../alerting/hold-backs/maintenance/index.ts';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { wholeOperator, wholeOperators } from '../../core/db/scope.ts';
import { DeploymentRepository } from './deployment.repository.ts';

/** A job of a running deployment with what its turn depends on. */
interface OpenJob {
  id: string;
  gatewayId: string;
  siteId: string;
  customerId: string;
  agentId: string;
  ordinal: number;
  group: string | null;
  peers: string[];
  state: ConfigJob;
}

/** What moved, to be told to agents and browsers after the commit. */
export interface Moved {
  agentIds: ReadonlySet<string>;
  events: readonly LiveEvent[];
}

/** SQL: deployment `d` runs, or stopped and has gateways that wait until they expire. */
const MOVES = `d.state = 'running' or d.state = 'stopped' and exists (select from config_job j where j.deployment_id = d.id and j.state = 'waiting' and j.released_at is null)`;
const STOPPED = 'A gateway failed or went back.';

/** Moves deployments on: what is due is released, what is too late ends, and a failure stops the rest. */
@Injectable()
export class AdvanceService {
  constructor(
    private readonly db: Database,
    private readonly deployments: DeploymentRepository,
    private readonly maintenance: MaintenanceRepository,
    private readonly signals: AgentSignals,
    private readonly bus: LiveBus,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** All running deployments of all operators. */
  async advanceAll(): Promise<void> {
    const { rows: all } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    if (all.length === 0) return;
    const running = await this.db.tx(wholeOperators(all.map(({ id }) => id)), async (sql) => {
      const { rows } = await sql.query<{ operatorId: string }>(
        `select distinct d.operator_id as "operatorId" from config_deployment d where ${MOVES}`,
      );
      return rows;
    });
    for (const { operatorId } of running) await this.advance(operatorId);
  }

  async advance(operatorId: string): Promise<void> {
    const moved = await this.db.tx(wholeOperator(operatorId), (sql) => this.#advanceIn(sql, operatorId));
    this.publish(operatorId, moved);
  }

  publish(operatorId: string, { agentIds, events }: Moved): void {
    for (const agentId of agentIds) this.signals.emit({ type: 'desired-state-changed', agentId, operatorId });
    for (const event of events) this.bus.publish(operatorId, event);
  }

  /** Moves the running deployments of an operator, one after the other: the order of gateways holds over all of them. */
  async #advanceIn(sql: Sql, operatorId: string): Promise<Moved> {
    const now = this.now();
    const { rows } = await sql.query<{
      id: string;
      mode: DeploymentMode;
      state: DeploymentState;
      stopOnFailure: boolean;
    }>(
      `select d.id, d.mode, d.state, d.stop_on_failure as "stopOnFailure" from config_deployment d where d.operator_id = $1 and (${MOVES})
       order by d.started_at, d.id for update of d`,
      [operatorId],
    );
    const agentIds = new Set<string>();
    const events: LiveEvent[] = [];
    const windows = rows.some(({ mode }) => mode === 'window')
      ? maintenanceNow(await this.maintenance.active(sql, operatorId, now), now)
      : new Map<string, { until: number }>();
    for (const deployment of rows) {
      const jobs = await this.#jobs(sql, deployment.id);
      const step = async (job: OpenJob, event: JobEvent) => {
        const { job: state, send } = stepJob(job.state, event, now);
        if (state === job.state) return;
        job.state = state;
        await saveJobState(sql, job.id, state);
        if (send) agentIds.add(job.agentId);
        events.push({
          type: 'configuration',
          deploymentId: deployment.id,
          gatewayId: job.gatewayId,
          siteId: job.siteId,
        });
      };
      for (const job of jobs) await step(job, { kind: 'tick' });
      const question = { ...deployment, jobs: jobs.map((job) => deployed(job, windows)), busy: await busy(sql, now) };
      const answer = releaseJobs(question, now);
      const byId = new Map(jobs.map((job) => [job.id, job]));
      for (const { id, windowUntil } of answer.release) await step(byId.get(id)!, { kind: 'release', windowUntil });
      for (const { id, reason } of answer.wait) await step(byId.get(id)!, { kind: 'wait', reason });
      if (answer.state !== deployment.state) {
        await this.deployments.move(sql, deployment.id, answer.state, answer.state === 'stopped' ? STOPPED : null);
        events.push({ type: 'configuration', deploymentId: deployment.id, gatewayId: null, siteId: null });
      }
    }
    return { agentIds, events };
  }

  async #jobs(sql: Sql, deploymentId: string): Promise<OpenJob[]> {
    const { rows } = await sql.query<JobStateRow & Omit<OpenJob, 'state'>>(
      `select j.id, j.gateway_id as "gatewayId", g.site_id as "siteId", s.customer_id as "customerId", g.agent_id as "agentId", j.ordinal,
         j.group_name as "group", j.peers, ${JOB_STATE_COLUMNS}
       from config_job j join gateway g on g.id = j.gateway_id join site s on s.id = g.site_id where j.deployment_id = $1 for update of j`,
      [deploymentId],
    );
    return rows.map((row) => ({ ...row, state: toJobState(row) }));
  }
}

function deployed(
  { id, gatewayId, siteId, customerId, ordinal, group, peers, state }: OpenJob,
  windows: ReadonlyMap<string, { until: number }>,
): DeployedJob {
  const open = [`customer:${customerId}`, `site:${siteId}`, `gateway:${gatewayId}`].map((key) => windows.get(key));
  const untils = open.filter((window) => window !== undefined).map(({ until }) => until);
  return {
    ...state,
    id,
    gatewayId,
    ordinal,
    group,
    peers,
    openUntil: untils.length === 0 ? null : Math.max(...untils),
  };
}

/**
 * Changes of the operator that were sent and have not ended, without those that are known to wait for another window. A
 * reading is none: its agent gives it up for a change.
 */
async function busy(sql: Sql, now: number): Promise<BusyJob[]> {
  const { rows } = await sql.query<JobStateRow & BusyJob>(
    `select j.id, j.gateway_id as "gatewayId", j.group_name as "group", j.peers, ${JOB_STATE_COLUMNS} from config_job j
     where j.purpose = 'apply' and j.released_at is not null and not (j.state = any ($1))`,
    [[...APPLY_ENDS]],
  );
  return rows.filter((row) => !isParked(toJobState(row), now));
}
