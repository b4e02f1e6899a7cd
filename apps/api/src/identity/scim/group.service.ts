import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  DIRECTORY_GROUPS_MAX,
  type DirectoryGroup,
  type PatchOperation,
  patchGroup,
  type ScimFilter,
} from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { isUuid } from '../../core/uuid.ts';
import { type AuditEntry, Changes, former } from '../audit/index.ts';
import { DirectoryAccess } from './access.service.ts';
import { type Directory, lockDirectory } from './directory.ts';
import { pathOf } from './filter.ts';
import { type DirectoryGroupRow, DirectoryGroupRepository } from './group.repository.ts';
import { listOf, type Page } from './page.ts';
import type { ScimResource } from './scim-answer.ts';
import { conflict, noResource, ScimError } from './scim-error.ts';
import { refuseOther } from './user.service.ts';
import { toGroup, toGroupAlone } from './views.ts';

const NO_GROUP: DirectoryGroup = { displayName: '', externalId: null, members: [] };
const RESYNC = [{ type: 'resync' }] as const;

/** Groups as a directory keeps them. Who joins or leaves one gets the role of their groups in the same transaction. */
@Injectable()
export class DirectoryGroups {
  constructor(
    private readonly db: Database,
    private readonly groups: DirectoryGroupRepository,
    private readonly access: DirectoryAccess,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list({ connection, by, base }: Directory, page: Page & { filter: ScimFilter | null; withMembers: boolean }) {
    const { total, rows } = await this.db.tx(by.caller.scope, (sql) => this.groups.page(sql, connection.id, page));
    return listOf(
      total,
      page,
      rows.map((row) => (page.withMembers ? toGroup(row, base) : toGroupAlone(row, base))),
    );
  }

  async get({ connection, by, base }: Directory, id: string): Promise<ScimResource> {
    return toGroup(await this.db.tx(by.caller.scope, (sql) => this.#one(sql, connection.id, id)), base);
  }

  create(directory: Directory, body: Record<string, unknown>): Promise<ScimResource> {
    const { connection, by } = directory;
    const group = groupOf(NO_GROUP, body);
    const id = randomUUID();
    return this.changes.make(by, async (sql) => {
      await lockDirectory(sql, directory);
      if ((await this.groups.count(sql, connection.id)) >= DIRECTORY_GROUPS_MAX)
        throw new ScimError(403, `A directory has at most ${DIRECTORY_GROUPS_MAX} groups here.`);
      const { result, settled } = await this.#write(sql, directory, id, NO_GROUP, group);
      const change = recorded(group);
      return {
        result,
        live: RESYNC,
        audit: [{ verb: 'create', subjectType: 'scim-group', subjectId: id, change }, ...settled],
      };
    });
  }

  /** Without members the present ones stay: what is not said takes nobody out. */
  replace(directory: Directory, id: string, body: Record<string, unknown>, ifMatch: string | undefined) {
    return this.#change(directory, id, ifMatch, ({ members }) => groupOf({ ...NO_GROUP, members }, body));
  }

  patch(directory: Directory, id: string, operations: readonly PatchOperation[], ifMatch: string | undefined) {
    return this.#change(directory, id, ifMatch, (group) => patchGroup(group, operations, pathOf));
  }

  remove(directory: Directory, id: string, ifMatch: string | undefined): Promise<void> {
    const { connection, by, base } = directory;
    return this.changes.make(by, async (sql) => {
      await lockDirectory(sql, directory);
      const row = await this.#one(sql, connection.id, id);
      refuseOther(ifMatch, toGroup(row, base));
      await this.groups.remove(sql, row.id);
      const settled = await this.#settle(sql, directory, storedOf(row).members, true);
      const change = { name: row.displayName };
      return {
        result: undefined,
        live: RESYNC,
        audit: [{ verb: 'delete', subjectType: 'scim-group', subjectId: row.id, change }, ...settled],
      };
    });
  }

  #change(
    directory: Directory,
    id: string,
    ifMatch: string | undefined,
    wantedOf: (group: DirectoryGroup) => DirectoryGroup,
  ): Promise<ScimResource> {
    const { connection, by, base } = directory;
    return this.changes.make(by, async (sql) => {
      await lockDirectory(sql, directory);
      const row = await this.#one(sql, connection.id, id);
      refuseOther(ifMatch, toGroup(row, base));
      const [stored, group] = [storedOf(row), wantedOf(storedOf(row))];
      if (JSON.stringify(stored) === JSON.stringify(group)) return { result: toGroup(row, base), audit: null };
      const { result, settled } = await this.#write(sql, directory, row.id, stored, group);
      const change = recorded(group);
      const before = former(recorded(stored), change);
      return {
        result,
        live: RESYNC,
        audit: [{ verb: 'update', subjectType: 'scim-group', subjectId: row.id, change, before }, ...settled],
      };
    });
  }

  async #write(sql: Sql, directory: Directory, id: string, stored: DirectoryGroup, group: DirectoryGroup) {
    const { connection, base } = directory;
    const taken = await this.groups.taken(sql, connection.id, id, group);
    if (taken !== null) throw conflict(`Another group of this directory has the same ${taken}.`);
    const unknown = await this.#unknown(sql, connection.id, group.members);
    if (unknown !== undefined)
      throw new ScimError(400, `"${unknown.slice(0, 100)}" is no person of this directory.`, 'invalidValue');
    const of = { operatorId: connection.operatorId, connectionId: connection.id, id };
    await this.groups.write(sql, of, group, new Date(this.now()));
    const renamed = stored.displayName !== group.displayName || stored.externalId !== group.externalId;
    const [was, is] = [new Set(stored.members), new Set(group.members)];
    const left = stored.members.filter((one) => renamed || !is.has(one));
    const settled = await this.#settle(sql, directory, left, true);
    settled.push(
      ...(await this.#settle(
        sql,
        directory,
        group.members.filter((one) => !was.has(one)),
        false,
      )),
    );
    return { result: toGroup(await this.#one(sql, connection.id, id), base), settled };
  }

  async #unknown(sql: Sql, connectionId: string, ids: readonly string[]): Promise<string | undefined> {
    const malformed = ids.find((one) => !isUuid(one));
    if (malformed !== undefined) return malformed;
    const known = await this.groups.known(sql, connectionId, ids);
    return ids.find((one) => !known.has(one));
  }

  async #settle(sql: Sql, directory: Directory, ids: readonly string[], leftGroup: boolean): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (const id of ids)
      entries.push(...(await this.access.settle(sql, directory, id, { leftGroup, asked: false, asksActive: false })));
    return entries;
  }

  async #one(sql: Sql, connectionId: string, id: string): Promise<DirectoryGroupRow> {
    const row = isUuid(id) ? await this.groups.one(sql, connectionId, id) : null;
    if (row === null) throw noResource();
    return row;
  }
}

const storedOf = ({ displayName, externalId, members }: DirectoryGroupRow): DirectoryGroup => ({
  displayName,
  externalId,
  members: (members ?? []).map(({ id }) => id),
});

/** The group of a whole resource. */
function groupOf(from: DirectoryGroup, body: Record<string, unknown>): DirectoryGroup {
  const group = patchGroup(from, [{ op: 'replace', value: body }], pathOf);
  if (group.displayName === '') throw new ScimError(400, '"displayName" is needed.', 'invalidValue');
  return group;
}

const recorded = ({ displayName, externalId, members }: DirectoryGroup) => ({
  name: displayName,
  externalId,
  members: members.length,
});
