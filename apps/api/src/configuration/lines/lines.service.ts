import { Injectable } from '@nestjs/common';
import { type ConfigLine, LINE_FIELDS, type LineField } from '@loopstart/contracts';
import { type ConfigEditAction, type EntryPlace, placeKey, type SettingResolution } from '@loopstart/domain';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found } from '../../core/http/problem-error.ts';
import {
  draftEdits,
  EntryRepository,
  type GatewayFacts,
  GatewayFactsRepository,
  gatewayView,
  isSecretField,
  originView,
  placeNames,
  type PortFacts,
  shown,
  type StoredEntry,
} from '../entries/index.ts';
import { Planner } from '../review/index.ts';

/** The line after which a page begins: names of site and gateway, id of the gateway, position. */
export type LineKey = readonly [site: string, gateway: string, gatewayId: string, position: number];

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
      const ids = await this.gateways.idsAt(sql, operatorId, [place]);
      const all = (await this.gateways.some(sql, operatorId, ids)).flatMap((facts) =>
        facts.ports.map((port) => ({ facts, port })),
      );
      all.sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
      const shownNow = all.filter((line) => after === null || compareKeys(keyOf(line), after) > 0).slice(0, limit);
      return { rows: await this.#rows(sql, operatorId, draftId, shownNow), total: all.length };
    });
  }

  async #rows(
    sql: Sql,
    operatorId: string,
    draftId: string | undefined,
    lines: readonly { facts: GatewayFacts; port: PortFacts }[],
  ): Promise<ConfigLine[]> {
    const ids = [...new Set(lines.map(({ facts }) => facts.id))];
    const edits = draftId === undefined ? [] : await draftEdits(sql, this.entries, operatorId, draftId);
    const published = await this.entries.ofGateways(sql, operatorId, null, ids);
    const own = ownOf(published, edits as StoredEntry[]);
    const resolutions = new Map<string, SettingResolution>();
    for await (const { facts, after } of this.planner.view(sql, operatorId, ids, edits))
      for (const { facts: port, resolution } of after.resolve(facts).ports)
        resolutions.set(`${facts.id} ${port.position}`, resolution);
    return lines.map(({ facts, port }) => {
      const resolution = resolutions.get(`${facts.id} ${port.position}`)!;
      const place = placeKey({ layer: 'port', gatewayId: facts.id, position: port.position });
      const cells = LINE_FIELDS.map((field) => cell(field, resolution, own.get(`${place} ${field}`) ?? null));
      return { gateway: gatewayView(facts), ...port, cells };
    });
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

const keyOf = ({ facts, port }: { facts: GatewayFacts; port: PortFacts }): LineKey => [
  facts.siteName,
  facts.name,
  facts.id,
  port.position,
];

export const keyOfLine = ({ gateway, position }: ConfigLine): LineKey => [
  gateway.siteName,
  gateway.name,
  gateway.id,
  position,
];

function compareKeys(a: LineKey, b: LineKey): number {
  for (const at of [0, 1, 2] as const) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
  return a[3] - b[3];
}
