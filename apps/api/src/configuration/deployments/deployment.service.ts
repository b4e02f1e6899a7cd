import { Injectable } from '@nestjs/common';
import type { ConfigDeployment } from '@loopstart/contracts';
import { Database } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import { DeploymentRepository } from './deployment.repository.ts';
import { JobRepository } from './job.repository.ts';

/** Deployments as people read them. */
@Injectable()
export class DeploymentService {
  constructor(
    private readonly db: Database,
    private readonly deployments: DeploymentRepository,
    private readonly jobs: JobRepository,
  ) {}

  list(scope: Scope, filter: Parameters<DeploymentRepository['list']>[2]) {
    return this.db.tx(scope, (sql) => this.deployments.list(sql, scope.operatorId, filter));
  }

  get(scope: Scope, id: string): Promise<ConfigDeployment> {
    return this.db.tx(scope, async (sql) => found(await this.deployments.one(sql, scope.operatorId, id)));
  }

  listJobs(scope: Scope, filter: Parameters<JobRepository['list']>[2]) {
    return this.db.tx(scope, (sql) => this.jobs.list(sql, scope.operatorId, filter));
  }
}
