import { Inject, Injectable } from '@nestjs/common';
import {
  CONFIG_DEPLOYMENT_GATEWAYS_MAX,
  type ConfigDeployment,
  type ConfigDeploymentInput,
} from '@loopstart/contracts';
import { type EntryPlace, LIFE_SAFETY, type Touched } from '@loopstart/domain';
import { withdrawJobs } from '../../agents/config-jobs/index.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { refuseTouched } from '../../core/fleet/blast-radius.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { type By, Changes } from '../../identity/audit/index.ts';
import { EntryRepository, GatewayFactsRepository } from '../entries/index.ts';
import { AdvanceService } from './advance.service.ts';
import { DeploymentRepository } from './deployment.repository.ts';
import { type BuiltJob, JobBuilder } from './job-builder.ts';
import { JobRepository } from './job.repository.ts';

/** Longest life of a deployment. */
const LONGEST_MS = 30 * 86_400_000;
const SUBJECT = 'config-deployment';
const BEYOND = 'This deployment has gateways beyond the places that you are limited to.';

/** Deployments: begun and cancelled. */
@Injectable()
export class DeployService {
  constructor(
    private readonly db: Database,
    private readonly entries: EntryRepository,
    private readonly gateways: GatewayFactsRepository,
    private readonly builder: JobBuilder,
    private readonly deployments: DeploymentRepository,
    private readonly jobs: JobRepository,
    private readonly advance: AdvanceService,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async deploy(by: By, { confirm, ...input }: ConfigDeploymentInput): Promise<ConfigDeployment> {
    const { operatorId, name, rights } = by.caller;
    const now = this.now();
    const expiresAt = new Date(expiryOf(input, now));
    const superseded = new Set<string>();
    const id = await this.changes.make(by, async (sql) => {
      const ids = await this.#gatewayIds(sql, operatorId, input);
      const revision = await this.#revision(sql, operatorId, input.revision);
      const built = await this.builder.build(sql, operatorId, ids);
      if (built.length === 0)
        throw new ProblemError('nothing-changed', {
          detail: 'Nothing is set for these gateways, or none of them can be configured.',
        });
      refuseTouched(touchedBy(built), rights, confirm);
      const { mode, stopOnFailure, reason, lifeSafetyConfirmed, overrideReason, acceptsReadBack } = input;
      const at = new Date(now);
      for (const agentId of await withdrawJobs(sql, 'j.gateway_id = any ($1)', ids, 'superseded', now))
        superseded.add(agentId);
      const gateways = built.length;
      const about = { revision, mode, stopOnFailure, acceptsReadBack, reason, by: name, at, expiresAt, gateways };
      const deploymentId = await this.deployments.insert(sql, operatorId, about);
      await this.jobs.insert(
        sql,
        operatorId,
        { deploymentId, revision, lifeSafetyConfirmed, overrideReason, at, expiresAt },
        built.map(({ job }) => job),
      );
      const change = { revision, mode, reason, gateways, lifeSafetyConfirmed, overrideReason, acceptsReadBack };
      return {
        result: deploymentId,
        audit: { verb: 'create', subjectType: SUBJECT, subjectId: deploymentId, change },
      };
    });
    this.advance.publish(operatorId, { agentIds: superseded, events: [] });
    // The order of gateways holds over the whole operator, also for who sees a part of it.
    await this.advance.advance(operatorId);
    return this.db.tx(by.caller.scope, async (sql) => found(await this.deployments.one(sql, operatorId, id)));
  }

  /** Idempotent. What an agent was sent, it is asked to give up where nothing was written. */
  async cancel(by: By, id: string, reason: string): Promise<ConfigDeployment> {
    const { operatorId } = by.caller;
    const agentIds = new Set<string>();
    const result = await this.changes.make(by, async (sql) => {
      const { state, gateways, gatewaysByState } = found(await this.deployments.one(sql, operatorId, id));
      const seen = gatewaysByState.reduce((sum, one) => sum + one.gateways, 0);
      if (seen < gateways) throw new ProblemError('not-allowed', { detail: BEYOND });
      const isOpen = state === 'running' || state === 'stopped';
      if (isOpen) {
        for (const agentId of await withdrawJobs(sql, 'j.deployment_id = $1', id, 'withdrawn', this.now()))
          agentIds.add(agentId);
        await this.deployments.move(sql, id, 'cancelled', reason);
      }
      return {
        result: found(await this.deployments.one(sql, operatorId, id)),
        audit: isOpen ? { verb: 'cancel', subjectType: SUBJECT, subjectId: id, change: { reason } } : null,
      };
    });
    this.advance.publish(operatorId, { agentIds, events: [] });
    return result;
  }

  async #revision(sql: Sql, operatorId: string, wanted: number | undefined): Promise<number> {
    const newest = await this.entries.newest(sql, operatorId);
    if (newest === null) throw new ProblemError('nothing-changed', { detail: 'Nothing is published yet.' });
    if (wanted !== undefined && wanted !== newest)
      throw refused('body.revision', `the newest revision, which is ${newest}; roll back to an older one first`);
    return newest;
  }

  async #gatewayIds(sql: Sql, operatorId: string, input: Omit<ConfigDeploymentInput, 'confirm'>): Promise<string[]> {
    const places: EntryPlace[] = [
      ...(input.gatewayIds ?? []).map((gatewayId) => ({ layer: 'gateway', gatewayId }) as const),
      ...(input.siteId === undefined ? [] : [{ layer: 'site', siteId: input.siteId } as const]),
      ...(input.customerId === undefined ? [] : [{ layer: 'customer', customerId: input.customerId } as const]),
    ];
    const ids = await this.gateways.idsAt(sql, operatorId, places.length === 0 ? [{ layer: 'operator' }] : places);
    const missing = (input.gatewayIds ?? []).findIndex((id) => !ids.includes(id));
    if (missing !== -1)
      throw new ProblemError('not-found', {
        fields: [{ path: `body.gatewayIds.${missing}`, expected: 'a gateway in service' }],
      });
    if (places.length > 0) found(ids[0]);
    if (ids.length > CONFIG_DEPLOYMENT_GATEWAYS_MAX)
      throw refused('body', `places with at most ${CONFIG_DEPLOYMENT_GATEWAYS_MAX} gateways`);
    return ids;
  }
}

function expiryOf({ expiresAt }: Pick<ConfigDeploymentInput, 'expiresAt'>, now: number): number {
  const at = Date.parse(expiresAt);
  if (at <= now) throw refused('body.expiresAt', 'later than now');
  if (at > now + LONGEST_MS) throw refused('body.expiresAt', 'at most 30 days from now');
  return at;
}

function touchedBy(built: readonly BuiltJob[]): Touched {
  const ports = built.flatMap(({ facts }) => facts.ports);
  return {
    lines: ports.length,
    lifeSafetyLines: ports.filter(({ deviceClass }) => LIFE_SAFETY.has(deviceClass)).length,
  };
}
