import { Injectable } from '@nestjs/common';
import type { ConfigDocument, ConfigDocumentPlan, ConfigDraft, ConfigImportTarget } from '@loopstart/contracts';
import { applyEdits, entryKey, isOperatorWide, placeKey } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import type { By } from '../../identity/audit/index.ts';
import { BringInService, type BroughtEdit, EditRepository, fingerprintOf } from '../drafts/index.ts';
import { draftEdits, EntryRepository, placeNames } from '../entries/index.ts';
import { DirectoryRepository } from './directory.repository.ts';
import { documentPlan, editOf, type PlacedEdit } from './document-plan.ts';
import { type Directory, placeOf } from './place-of.ts';

/** Most problems that an answer names. */
const PROBLEMS_MAX = 100;

/** Brings configuration in that is kept as a document: planned first, then put into a draft. */
@Injectable()
export class DocumentService {
  constructor(
    private readonly db: Database,
    private readonly directory: DirectoryRepository,
    private readonly entries: EntryRepository,
    private readonly edits: EditRepository,
    private readonly bringer: BringInService,
  ) {}

  plan(scope: Scope, document: ConfigDocument, draftId: string | null): Promise<ConfigDocumentPlan> {
    return this.db.tx(scope, async (sql) => {
      const { edits: _, ...plan } = await this.#plan(sql, scope, document, draftId);
      return plan;
    });
  }

  /** Throws `stale-edit` where it is not what was planned, and `nothing-changed` where all of it is there. */
  apply(
    by: By,
    { document, into, fingerprint }: { document: ConfigDocument; into: ConfigImportTarget; fingerprint: string },
  ): Promise<{ draft: ConfigDraft; edits: number }> {
    return this.bringer.bringIn(by, into, async (sql, draftId) => {
      const planned = await this.#plan(sql, by.caller.scope, document, draftId);
      if (planned.fingerprint !== fingerprint)
        throw new ProblemError('stale-edit', { detail: 'What the document names was changed since it was planned.' });
      return { edits: planned.edits, change: { documentEntries: document.entries.length } };
    });
  }

  async #plan(
    sql: Sql,
    scope: Scope,
    { entries }: ConfigDocument,
    draftId: string | null,
  ): Promise<ConfigDocumentPlan & { edits: BroughtEdit[] }> {
    const { operatorId, limitedTo } = scope;
    const directory = await this.directory.of(
      sql,
      operatorId,
      entries.map(({ at }) => at),
    );
    const placed = placedEdits(entries, directory);
    if (limitedTo !== null && placed.some(({ edit }) => isOperatorWide(edit.place.layer)))
      throw new ProblemError('not-allowed', { detail: 'This place is beyond the places that you are limited to.' });
    const places = placed.map(({ edit }) => edit.place);
    const gatewayIds = places.flatMap((place) => ('gatewayId' in place ? place.gatewayId : []));
    const published = [
      ...(await this.entries.shared(sql, operatorId, null)),
      ...(await this.entries.ofGateways(sql, operatorId, null, [...new Set(gatewayIds)])),
    ];
    const drafted = draftId === null ? [] : await draftEdits(sql, this.entries, operatorId, draftId);
    const plan = documentPlan(placed, applyEdits(published, drafted), await placeNames(sql, places));
    const standing = await this.edits.standing(sql, operatorId, draftId, plan.edits);
    return { ...plan, fingerprint: fingerprintOf(plan.edits, standing) };
  }
}

/** Throws `invalid-input` with the path of every entry whose place is not exactly one, or that stands there twice. */
function placedEdits(entries: ConfigDocument['entries'], directory: Directory): PlacedEdit[] {
  const placed: PlacedEdit[] = [];
  const fields: { path: string; expected: string }[] = [];
  const seen = new Map<string, string>();
  for (const [index, entry] of entries.entries()) {
    const path = `entries.${index}`;
    const place = placeOf(entry.at, directory);
    if ('key' in place) {
      fields.push({ path: `body.document.${path}.at.${place.key}`, expected: place.expected });
      continue;
    }
    const edit = editOf(entry, place);
    const former = seen.get(entryKey(edit));
    if (former !== undefined)
      fields.push({
        path: `body.document.${path}`,
        expected: `each entry of a place once; ${former} is ${edit.name} of ${placeKey(place)} too`,
      });
    seen.set(entryKey(edit), former ?? path);
    placed.push({ path, edit, isReplacing: entry.replace });
  }
  if (fields.length > 0) throw new ProblemError('invalid-input', { fields: fields.slice(0, PROBLEMS_MAX) });
  return placed;
}
