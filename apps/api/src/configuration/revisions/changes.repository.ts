import { Injectable } from '@nestjs/common';
import type { ConfigEntryChange, ConfigPlace } from '@loopstart/contracts';
import { type EntryPlace, entryKey, placeKey, sameValue } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { EntryRepository, placeNames, shown, type StoredEntry } from '../entries/index.ts';

/** What changed between revisions, entry by entry. */
@Injectable()
export class ChangesRepository {
  constructor(private readonly entries: EntryRepository) {}

  /** Entries that differ between two revisions, in the order of their places. */
  async between(sql: Sql, operatorId: string, since: number, number: number): Promise<ConfigEntryChange[]> {
    const [low, high] = since <= number ? [since, number] : [number, since];
    const rows = await this.entries.touched(sql, operatorId, low, high);
    const byKey = Map.groupBy(rows, entryKey);
    const at = (revision: number) => (entry: StoredEntry) => isInForce(entry, revision);
    const changes = [...byKey.values()].flatMap((same) => {
      const before = same.find(at(since)) ?? null;
      const after = same.find(at(number)) ?? null;
      if (before === after || isSameEntry(before, after)) return [];
      const latest = same.reduce((a, b) => ((b.fromRevision ?? 0) > (a.fromRevision ?? 0) ? b : a));
      return [{ before, after, latest }];
    });
    const names = await placeNames(
      sql,
      changes.map(({ latest }) => latest.place),
    );
    return changes
      .map((change) => changeView(change, names))
      .toSorted((a, b) => (a.placeName === b.placeName ? compare(a.name, b.name) : compare(a.placeName, b.placeName)));
  }

  /** What one revision changed at these places. */
  async ofRevision(
    sql: Sql,
    operatorId: string,
    revision: number,
    places: readonly string[],
  ): Promise<ConfigEntryChange[]> {
    return this.#views(sql, operatorId, await this.entries.ofRevision(sql, operatorId, revision, places));
  }

  /** What ever changed at these places, the newest first. */
  async history(
    sql: Sql,
    operatorId: string,
    places: readonly EntryPlace[],
    { skip, limit }: { skip: number; limit: number },
  ): Promise<{ rows: ConfigEntryChange[]; total: number }> {
    const { rows, total } = await this.entries.published(sql, operatorId, places.map(placeKey), { skip, limit });
    return { rows: await this.#views(sql, operatorId, rows), total };
  }

  /** Published entries with what each of them replaced. */
  async #views(sql: Sql, operatorId: string, rows: readonly StoredEntry[]): Promise<ConfigEntryChange[]> {
    const replaced = await this.entries.byIds(
      sql,
      operatorId,
      rows.map(({ baseId }) => baseId).filter((id) => id !== null),
    );
    const byId = new Map(replaced.map((entry) => [entry.id, entry]));
    const names = await placeNames(
      sql,
      rows.map(({ place }) => place),
    );
    return rows.map((entry) => {
      const before = entry.baseId === null ? null : (byId.get(entry.baseId) ?? null);
      return changeView({ before, after: entry.action === 'reset' ? null : entry, latest: entry }, names);
    });
  }
}

function changeView(
  { before, after, latest }: { before: StoredEntry | null; after: StoredEntry | null; latest: StoredEntry },
  names: ReadonlyMap<string, string>,
): ConfigEntryChange {
  const { place, kind, name, deviceClass, isSecret, author, at, fromRevision } = latest;
  const side = (entry: StoredEntry | null) =>
    entry === null ? null : { value: shown(entry.value, isSecret), isSealed: entry.isSealed };
  return {
    place: place as ConfigPlace,
    placeName: names.get(placeKey(place)) ?? '',
    kind,
    name,
    deviceClass,
    isSecret,
    before: side(before),
    after: side(after),
    author,
    at: new Date(at).toISOString(),
    revision: fromRevision!,
  };
}

/** Two entries of a secret are never known to be the same. */
const isSameEntry = (a: StoredEntry | null, b: StoredEntry | null): boolean =>
  a !== null && b !== null && a.isSealed === b.isSealed && sameValue(a.value, b.value);

const isInForce = ({ action, fromRevision, untilRevision }: StoredEntry, revision: number): boolean =>
  action !== 'reset' && fromRevision! <= revision && (untilRevision === null || untilRevision > revision);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
