import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  DIRECTORY_PEOPLE_MAX,
  type DirectoryPerson,
  NO_PERSON,
  type PatchOperation,
  patchPerson,
  type ScimFilter,
} from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { isUuid } from '../../core/uuid.ts';
import { Changes } from '../audit/index.ts';
import { DirectoryAccess } from './access.service.ts';
import { type Directory, lockDirectory } from './directory.ts';
import { pathOf } from './filter.ts';
import { listOf, type Page } from './page.ts';
import { isNamed, type ScimResource } from './scim-answer.ts';
import { conflict, noResource, ScimError } from './scim-error.ts';
import { type DirectoryUserRow, DirectoryUserRepository } from './user.repository.ts';
import { isActive, toUser } from './views.ts';

/** What of a person a request wants. */
interface Wanted {
  person: DirectoryPerson;
  /** It says that they are to be active. */
  asksActive: boolean;
}

/** People as a directory keeps them. */
@Injectable()
export class DirectoryUsers {
  constructor(
    private readonly db: Database,
    private readonly users: DirectoryUserRepository,
    private readonly access: DirectoryAccess,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async list({ connection, by, base }: Directory, page: Page & { filter: ScimFilter | null }) {
    const { total, rows } = await this.db.tx(by.caller.scope, (sql) => this.users.page(sql, connection.id, page));
    return listOf(
      total,
      page,
      rows.map((row) => toUser(row, base)),
    );
  }

  async get({ connection, by, base }: Directory, id: string): Promise<ScimResource> {
    return toUser(await this.db.tx(by.caller.scope, (sql) => this.#one(sql, connection.id, id)), base);
  }

  /** Of several at once with the same user name one succeeds; the others are refused. */
  create(directory: Directory, body: Record<string, unknown>): Promise<ScimResource> {
    const { connection, by, base } = directory;
    const person = personOf(NO_PERSON, body);
    const id = randomUUID();
    return this.changes.make(by, async (sql) => {
      await lockDirectory(sql, directory);
      await this.#refuseTaken(sql, connection.id, id, person);
      if ((await this.users.count(sql, connection.id)) >= DIRECTORY_PEOPLE_MAX)
        throw new ScimError(403, `A directory has at most ${DIRECTORY_PEOPLE_MAX} people here.`);
      await this.#write(sql, directory, id, person);
      const audit = await this.access.settle(sql, directory, id, {
        leftGroup: false,
        asked: true,
        asksActive: person.active,
      });
      const row = await this.#one(sql, connection.id, id);
      const change = recorded(person, NO_PERSON, row.userId);
      return {
        result: toUser(row, base),
        audit: [{ verb: 'create', subjectType: 'scim-user', subjectId: id, change }, ...audit],
      };
    });
  }

  replace(directory: Directory, id: string, body: Record<string, unknown>, ifMatch: string | undefined) {
    return this.#change(directory, id, ifMatch, ({ person: stored }) => {
      const from = (active: boolean) => personOf({ ...NO_PERSON, active }, body);
      return { person: from(stored.active), asksActive: from(false).active };
    });
  }

  patch(directory: Directory, id: string, operations: readonly PatchOperation[], ifMatch: string | undefined) {
    return this.#change(directory, id, ifMatch, ({ person: stored }) => ({
      person: patchPerson(stored, operations, pathOf),
      asksActive: patchPerson({ ...stored, active: false }, operations, pathOf).active,
    }));
  }

  remove(directory: Directory, id: string, ifMatch: string | undefined): Promise<void> {
    const { connection, by, base } = directory;
    return this.changes.make(by, async (sql) => {
      await lockDirectory(sql, directory);
      const row = await this.#one(sql, connection.id, id);
      refuseOther(ifMatch, toUser(row, base));
      const audit = await this.access.end(sql, directory, row.id);
      await this.users.remove(sql, row.id, new Date(this.now()));
      return {
        result: undefined,
        ...(audit.length > 0 && { live: [{ type: 'resync' } as const] }),
        audit: [
          ...audit,
          {
            verb: 'delete',
            subjectType: 'scim-user',
            subjectId: row.id,
            change: { active: row.person.active, ...(row.userId !== null && { userId: row.userId }) },
          },
        ],
      };
    });
  }

  #change(
    directory: Directory,
    id: string,
    ifMatch: string | undefined,
    wantedOf: (row: DirectoryUserRow) => Wanted,
  ): Promise<ScimResource> {
    const { connection, by, base } = directory;
    return this.changes.make(by, async (sql) => {
      await lockDirectory(sql, directory);
      const row = await this.#one(sql, connection.id, id);
      refuseOther(ifMatch, toUser(row, base));
      const { person, asksActive } = wantedOf(row);
      if (person.userName === '') throw new ScimError(400, '"userName" is needed.', 'invalidValue');
      await this.#refuseTaken(sql, connection.id, row.id, person);
      const same = JSON.stringify(person) === JSON.stringify(row.person);
      if (!same) await this.#write(sql, directory, row.id, person);
      const audit = await this.access.settle(sql, directory, row.id, {
        leftGroup: false,
        asked: true,
        asksActive: asksActive && !isActive(row),
      });
      const change = recorded(person, row.person, row.userId);
      const before = { active: row.person.active };
      return {
        result: toUser(await this.#one(sql, connection.id, row.id), base),
        ...(audit.length > 0 && { live: [{ type: 'resync' } as const] }),
        audit: same
          ? audit
          : [{ verb: 'update', subjectType: 'scim-user', subjectId: row.id, change, before }, ...audit],
      };
    });
  }

  #write(sql: Sql, { connection }: Directory, id: string, person: DirectoryPerson): Promise<void> {
    const of = { operatorId: connection.operatorId, connectionId: connection.id, id };
    return this.users.write(sql, of, person, new Date(this.now()));
  }

  async #one(sql: Sql, connectionId: string, id: string): Promise<DirectoryUserRow> {
    const row = isUuid(id) ? await this.users.one(sql, connectionId, id) : null;
    if (row === null) throw noResource();
    return row;
  }

  async #refuseTaken(sql: Sql, connectionId: string, id: string, person: DirectoryPerson): Promise<void> {
    const taken = await this.users.taken(sql, connectionId, id, person);
    if (taken !== null) throw conflict(`Another person of this directory has the same ${taken}.`);
  }
}

/** The person of a whole resource. */
function personOf(from: DirectoryPerson, body: Record<string, unknown>): DirectoryPerson {
  const person = patchPerson(from, [{ op: 'replace', value: body }], pathOf);
  if (person.userName === '') throw new ScimError(400, '"userName" is needed.', 'invalidValue');
  return person;
}

/** Throws 412 where the request was made for another version (RFC 7644, section 3.14). */
export function refuseOther(ifMatch: string | undefined, resource: ScimResource): void {
  if (ifMatch !== undefined && !isNamed(ifMatch, resource.meta.version))
    throw new ScimError(412, 'The resource has changed since this version.');
}

/**
 * What of a change is on record: which attributes, never their values. They are of a person, whose data is erased by their
 * membership; the trail names it where there is one.
 */
function recorded(person: DirectoryPerson, before: DirectoryPerson, userId: string | null) {
  const fields = (Object.keys(person) as (keyof DirectoryPerson)[]).filter(
    (field) => JSON.stringify(person[field]) !== JSON.stringify(before[field]),
  );
  return { fields, active: person.active, ...(userId !== null && { userId }) };
}
