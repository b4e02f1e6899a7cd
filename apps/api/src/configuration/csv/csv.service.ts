import { Injectable } from '@nestjs/common';
import {
  CONFIG_CSV_SHOWN_MAX,
  type ConfigCsvPreview,
  type ConfigDraft,
  type ConfigImportTarget,
} from '@loopstart/contracts';
import { applyEdits, type EntryKey, entryKey, isSecretEntry, sameValue } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { Secrets } from '../../core/secret/secrets.ts';
import type { By } from '../../identity/audit/index.ts';
import { BringInService, type BroughtEdit, EditRepository, fingerprintOf } from '../drafts/index.ts';
import { draftEdits, EntryRepository } from '../entries/index.ts';
import { CsvGatewaysRepository } from './gateways.repository.ts';
import { readRows } from './read-rows.ts';
import { type RightRow, rowEdits, type RowProblem } from './row-edits.ts';

interface PlannedCsv {
  right: RightRow[];
  problems: RowProblem[];
  rows: number;
  edits: BroughtEdit[];
  fingerprint: string;
}

/** Brings accounts of many lines in from a file: checked row by row first, then put into a draft. */
@Injectable()
export class CsvService {
  constructor(
    private readonly db: Database,
    private readonly gateways: CsvGatewaysRepository,
    private readonly entries: EntryRepository,
    private readonly edits: EditRepository,
    private readonly secrets: Secrets,
    private readonly bringer: BringInService,
  ) {}

  preview(scope: Scope, csv: string, draftId: string | null): Promise<ConfigCsvPreview> {
    return this.db.tx(scope, async (sql) => {
      const { right, problems, rows, edits, fingerprint } = await this.#plan(sql, scope.operatorId, csv, draftId);
      return {
        rows,
        wrongRows: new Set(problems.map(({ row }) => row)).size,
        unchangedRows: right.filter((one) => one.edits.length === 0).length,
        edits: edits.length,
        shown: right.slice(0, CONFIG_CSV_SHOWN_MAX).map(({ edits: own, ...row }) => ({
          ...row,
          columns: own.map(({ name }) => name),
        })),
        problems: problems.slice(0, CONFIG_CSV_SHOWN_MAX),
        problemsTotal: problems.length,
        fingerprint,
      };
    });
  }

  /** Throws `stale-edit` where it is not what the person was shown, and refuses wrong rows unless they are left out. */
  import(
    by: By,
    {
      csv,
      into,
      fingerprint,
      leaveOutWrongRows,
    }: { csv: string; into: ConfigImportTarget; fingerprint: string; leaveOutWrongRows: boolean },
  ): Promise<{ draft: ConfigDraft; edits: number }> {
    return this.bringer.bringIn(by, into, async (sql, draftId) => {
      const planned = await this.#plan(sql, by.caller.operatorId, csv, draftId);
      const [first] = planned.problems;
      if (first !== undefined && !leaveOutWrongRows)
        throw refused('body.csv', `row ${first.row}, ${first.column ?? 'as a whole'}: ${first.expected}`);
      if (planned.fingerprint !== fingerprint)
        throw new ProblemError('stale-edit', { detail: 'Settings of these lines were changed since the preview.' });
      return { edits: planned.edits, change: { csvRows: planned.right.length } };
    });
  }

  async #plan(sql: Sql, operatorId: string, csv: string, draftId: string | null): Promise<PlannedCsv> {
    const read = readRows(csv);
    if ('expected' in read) throw refused('body.csv', read.expected);
    const gateways = await this.gateways.named(sql, operatorId, read.rows);
    const { right: all, problems } = rowEdits(read.rows, gateways);
    const ids = gateways.map(({ id }) => id);
    const there = await this.#there(sql, operatorId, ids, draftId);
    const right = all.map((row) => ({ ...row, edits: row.edits.filter((edit) => !there(edit)) }));
    const edits = right.flatMap((row) => row.edits);
    const standing = await this.edits.standing(sql, operatorId, draftId, edits);
    return { right, problems, rows: read.rows.length, edits, fingerprint: fingerprintOf(edits, standing) };
  }

  /** Whether a line has what an edit sets already, at its own place. */
  async #there(
    sql: Sql,
    operatorId: string,
    gatewayIds: readonly string[],
    draftId: string | null,
  ): Promise<(edit: BroughtEdit) => boolean> {
    const own = await this.entries.ofGateways(sql, operatorId, null, gatewayIds);
    const drafted = draftId === null ? [] : await draftEdits(sql, this.entries, operatorId, draftId);
    const byKey = new Map(applyEdits(own, drafted).map((entry) => [entryKey(entry), entry]));
    const plain = await this.entries.openSecrets(sql, operatorId, this.secrets, gatewayIds);
    return (edit) => {
      const entry = byKey.get(entryKey(edit as EntryKey));
      if (entry === undefined) return false;
      const value = isSecretEntry(edit) ? plain.get(String(entry.value)) : entry.value;
      return sameValue(value ?? null, edit.value ?? null);
    };
  }
}
