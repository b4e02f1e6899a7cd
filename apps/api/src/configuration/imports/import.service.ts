import { Injectable } from '@nestjs/common';
import type { ConfigDraft, ConfigImportPreview, ConfigImportSource, ConfigImportTarget } from '@loopstart/contracts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import type { By } from '../../identity/audit/index.ts';
import { BringInService, EditRepository, fingerprintOf } from '../drafts/index.ts';
import { GatewayFactsRepository } from '../entries/index.ts';
import { DriftRepository } from '../running/index.ts';
import { broughtEdit, GatewayLayersReader } from './gateway-layers.ts';
import { unitOfFile } from './identity-of-file.ts';
import { importOf } from './import-of.ts';
import { importPreview } from './import-view.ts';
import type { PlannedImport } from './planned-import.ts';
import { Sources } from './source.ts';

/** Takes over gateways that were configured by hand: shown first, then put into a draft. Nothing is sent. */
@Injectable()
export class ImportService {
  constructor(
    private readonly db: Database,
    private readonly gateways: GatewayFactsRepository,
    private readonly sources: Sources,
    private readonly layers: GatewayLayersReader,
    private readonly edits: EditRepository,
    private readonly bringer: BringInService,
    private readonly drifts: DriftRepository,
  ) {}

  preview(
    scope: Scope,
    gatewayId: string,
    source: ConfigImportSource,
    draftId: string | null,
  ): Promise<ConfigImportPreview> {
    return this.db.tx(scope, async (sql) =>
      importPreview(await this.#plan(sql, scope.operatorId, { gatewayId, source, draftId })),
    );
  }

  /** Throws `stale-edit` where it is not what the person was shown. */
  import(
    by: By,
    gatewayId: string,
    { source, into, fingerprint }: { source: ConfigImportSource; into: ConfigImportTarget; fingerprint: string },
  ): Promise<{ draft: ConfigDraft; edits: number }> {
    const { operatorId } = by.caller;
    return this.bringer.bringIn(by, into, async (sql, draftId) => {
      const planned = await this.#plan(sql, operatorId, { gatewayId, source, draftId });
      if (planned.fingerprint !== fingerprint)
        throw new ProblemError('stale-edit', { detail: 'Settings of this gateway were changed since the preview.' });
      const edits = planned.plan.edits.map((edit) => broughtEdit(gatewayId, edit));
      if (source.kind === 'drift') {
        const { driftId } = source;
        const beside = (at: Sql, id: string) => this.drifts.adopted(at, driftId, id);
        return { edits, change: { imported: { gatewayId, source: `drift ${driftId}` } }, beside };
      }
      const imported = { gatewayId, source: source.kind === 'running' ? source.configId : 'file' };
      return { edits, change: { imported } };
    });
  }

  async #plan(
    sql: Sql,
    operatorId: string,
    { gatewayId, source, draftId }: { gatewayId: string; source: ConfigImportSource; draftId: string | null },
  ): Promise<PlannedImport> {
    const facts = found((await this.gateways.some(sql, operatorId, [gatewayId]))[0]);
    const read = await this.sources.read(sql, operatorId, facts, source);
    const unit = unitOfFile(read.taken, facts);
    const plan = importOf(facts, read.taken, await this.layers.read(sql, operatorId, facts, draftId), read.only);
    const brought = plan.edits.map((edit) => broughtEdit(gatewayId, edit));
    const standing = await this.edits.standing(sql, operatorId, draftId, brought);
    return { ...read, facts, unit, plan, fingerprint: fingerprintOf(brought, standing) };
  }
}
