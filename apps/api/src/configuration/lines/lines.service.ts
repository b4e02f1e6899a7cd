import { Injectable } from '@nestjs/common';
import { type ConfigLine, LINE_FIELDS, type LineField } from '@loopstart/contracts';
import { type ConfigEditAction, type EntryPlace, placeKey, type SettingResolution } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import {
  draftEdits,
  EntryRepository,
  GatewayFactsRepository,
  gatewayView,
  isSecretField,
  type LineKey,
  originView,
  placeNames,
  shown,
  type StoredEntry,
} from '../entries/index.ts';
import { Planner } from '../review/index.ts';

/** What stands at a setting of a port itself. */
interface Own {
  id: string;
  inDraft: ConfigEditAction | null;
}

/** The lines of a place, as they are edited many at a time. */
@Injectable()
export class LinesService {
  constructor(
    private readonly db: Database,
    private readonly entries: EntryRepository,
    private readonly gateways: GatewayFactsRepository,
    private readonly planner: Planner,
  ) {}

  /** Up to `limit` lines after a key, in the order of sites, gateways and ports. */
  list(
    scope: Scope,
    place: EntryPlace,
    { draftId, after, limit }: { draftId: string | undefined; after: LineKey | null; limit: number },
  ): Promise<{ rows: ConfigLine[]; total: number }> {
    const { operatorId } = scope;
    return this.db.tx(scope, async (sql) => {
      found((await placeNames(sql, [place])).get(placeKey(place)));
      const { lines, total } = await this.gateways.linesAt(sql, operatorId, place, { after, limit });
      return { rows: await this.#rows(sql, operatorId, draftId, lines), total };
    });
  }

  async #rows(
    sql: Sql,
    operatorId: string,
    draftId: string | undefined,
    lines: readonly { gatewayId: string; position: number }[],
  ): Promise<ConfigLine[]> {
    const ids = [...new Set(lines.map(({ gatewayId }) => gatewayId))];
    const edits = draftId === undefined ? [] : await draftEdits(sql, this.entries, operatorId, draftId);
    const published = await this.entries.ofGateways(sql, operatorId, null, ids);
    const own = ownOf(published, edits as StoredEntry[]);
    const rows = new Map<string, ConfigLine>();
    const asked = new Set(lines.map(({ gatewayId, position }) => `${gatewayId} ${position}`));
    for await (const { facts, after } of this.planner.view(sql, operatorId, ids, edits)) {
      const ports = facts.ports.filter(({ position }) => asked.has(`${facts.id} ${position}`));
      for (const { facts: port, resolution } of after.resolve(facts, ports).ports) {
        const place = placeKey({ layer: 'port', gatewayId: facts.id, position: port.position });
        const cells = LINE_FIELDS.map((field) => cell(field, resolution, own.get(`${place} ${field}`) ?? null));
        rows.set(`${facts.id} ${port.position}`, { gateway: gatewayView(facts), ...port, cells });
      }
    }
    return lines.flatMap(({ gatewayId, position }) => rows.get(`${gatewayId} ${position}`) ?? []);
  }
}

/** What is set at ports themselves, by place and field; the draft's own before what it was made upon. */
function ownOf(published: readonly StoredEntry[], edits: readonly StoredEntry[]): Map<string, Own> {
  const own = new Map<string, Own>();
  const keep = ({ place, kind, name, deviceClass }: StoredEntry, one: Own) => {
    if (place.layer === 'port' && kind === 'setting' && deviceClass === null)
      own.set(`${placeKey(place)} ${name}`, one);
  };
  for (const entry of published) keep(entry, { id: entry.id, inDraft: null });
  for (const edit of edits) keep(edit, { id: edit.id, inDraft: edit.action });
  return own;
}

function cell(field: LineField, { values }: SettingResolution, own: Own | null): ConfigLine['cells'][number] {
  const setting = values.get(field);
  return {
    field,
    value: shown(setting?.value ?? null, isSecretField(field)),
    origin: setting === undefined ? null : originView(setting.origin),
    sees: own?.id ?? null,
    inDraft: own?.inDraft ?? null,
  };
}

/** What a line is sorted by. */
export const keyOfLine = ({ gateway, position }: ConfigLine): LineKey => [
  gateway.siteName,
  gateway.name,
  gateway.id,
  position,
];
