import { Inject, Injectable } from '@nestjs/common';
import type { PublishedRole, RoleInput, RoleView } from '@loopstart/contracts';
import {
  exceeds,
  ownershipOf,
  type PermissionName,
  PERMISSIONS,
  type Rights,
  ROLE_TABLE,
  rightsOf,
  ROLES,
} from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refuseLocked } from '../../core/library/locked.ts';
import { type Origin, publishedTo, publishedView, toCopy } from '../../core/library/publications.ts';
import { type By, Changes, former } from '../audit/index.ts';
import { RoleRepository, type StoredRole } from './role.repository.ts';

const SUBJECT = 'role';

/** Roles: those of the table, and those that an operator makes of the same list of rights. */
@Injectable()
export class RoleService {
  constructor(
    private readonly roles: RoleRepository,
    private readonly db: Database,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  list(scope: Scope): Promise<RoleView[]> {
    return this.db.tx(scope, async (sql) => {
      const members = await this.roles.members(sql);
      const own = await this.roles.all(sql);
      return [...ROLES.map(ofTable), ...own.map(ofOperator)].map((role) => ({
        ...role,
        members: members.get(role.id) ?? 0,
      }));
    });
  }

  create(by: By, asked: RoleInput): Promise<RoleView> {
    const input = inOrder(asked);
    return this.changes.make(by, async (sql) => {
      const { id, result } = await this.#insert(sql, by, input, null);
      return { result, audit: { verb: 'create', subjectType: SUBJECT, subjectId: id, change: input } };
    });
  }

  published(scope: Scope): Promise<PublishedRole[]> {
    return this.db.tx(scope, async (sql) => (await publishedTo<RoleInput>(sql, 'role')).map(publishedView));
  }

  /** Throws `not-found`, `locked-by-provider`, and what creating a role throws. */
  copy(by: By, publicationId: string, name: string | undefined): Promise<RoleView> {
    return this.changes.make(by, async (sql) => {
      const { objectId, version, content } = await toCopy<RoleInput>(sql, 'role', publicationId);
      const input = inOrder({ ...content, title: name ?? content.title });
      const same = (await this.roles.all(sql)).some((role) => role.name.toLowerCase() === input.title.toLowerCase());
      if (same)
        throw new ProblemError('already-exists', { detail: `There is a role ${input.title} already: name the copy.` });
      const { id, result } = await this.#insert(sql, by, input, { objectId, version });
      return {
        result,
        audit: { verb: 'copy', subjectType: SUBJECT, subjectId: id, change: { ...input, publicationId, version } },
      };
    });
  }

  update(by: By, id: string, asked: RoleInput): Promise<RoleView> {
    const input = inOrder(asked);
    return this.changes.make(by, async (sql) => {
      const stored = found(await this.roles.hold(sql, id));
      refuseLocked(stored, 'change');
      // Neither what it may do now nor what it will: nobody takes rights from those above them.
      refuseMore(by.caller.rights, inputOf(stored));
      refuseMore(by.caller.rights, input);
      await this.roles.update(sql, id, input, new Date(this.now()));
      return {
        result: await this.#view(sql, id),
        audit: {
          verb: 'update',
          subjectType: SUBJECT,
          subjectId: id,
          change: input,
          before: former(inputOf(stored), input),
        },
      };
    });
  }

  remove(by: By, id: string): Promise<void> {
    return this.changes.make(by, async (sql) => {
      const stored = found(await this.roles.hold(sql, id));
      refuseLocked(stored, 'delete');
      refuseMore(by.caller.rights, inputOf(stored));
      const members = (await this.roles.members(sql)).get(id) ?? 0;
      if (members > 0)
        throw new ProblemError('in-use', {
          detail: `${members} ${members === 1 ? 'member has' : 'members have'} this role: give them another first.`,
        });
      await this.roles.remove(sql, id);
      return {
        result: undefined,
        audit: { verb: 'delete', subjectType: SUBJECT, subjectId: id, change: {}, before: { title: stored.name } },
      };
    });
  }

  async #insert(
    sql: Sql,
    { caller }: By,
    input: RoleInput,
    origin: Origin | null,
  ): Promise<{ id: string; result: RoleView }> {
    refuseMore(caller.rights, input);
    const id = await this.roles.insert(sql, caller.operatorId, input, new Date(this.now()), origin);
    return { id, result: await this.#view(sql, id) };
  }

  async #view(sql: Sql, id: string): Promise<RoleView> {
    const members = await this.roles.members(sql);
    return { ...ofOperator(found(await this.roles.one(sql, id))), members: members.get(id) ?? 0 };
  }
}

/** Nobody gives a right that they do not have. */
function refuseMore(own: Rights, input: RoleInput): void {
  const more = exceeds(own, { may: new Set(input.permissions), maxLinesAtOnce: input.maxLinesAtOnce });
  if (more.length > 0)
    throw new ProblemError('not-allowed', {
      detail: `This role would have more rights than you: ${more.map((one) => (one === 'maxLinesAtOnce' ? 'more lines at once' : one)).join(', ')}.`,
    });
}

/** Each permission once, in the order of the list. */
const inOrder = (input: RoleInput): RoleInput => ({
  ...input,
  permissions: (Object.keys(PERMISSIONS) as PermissionName[]).filter((one) => input.permissions.includes(one)),
});

/** What is stored, with the permissions that this version knows. */
function inputOf(stored: StoredRole): RoleInput {
  const { title, may, maxLinesAtOnce } = found(rightsOf(stored.id, { ...stored, title: stored.name }));
  return { title, permissions: [...may], maxLinesAtOnce };
}

const ofOperator = (stored: StoredRole): Omit<RoleView, 'members'> => ({
  id: stored.id,
  ...inputOf(stored),
  about: null,
  own: true,
  limitedOnly: false,
  ...ownershipOf(stored),
});

const ofTable = (role: (typeof ROLES)[number]): Omit<RoleView, 'members'> => {
  const { title, about, may, maxLinesAtOnce, limitedOnly } = ROLE_TABLE[role];
  const builtIn = ownershipOf({ locked: false, libraryVersion: null });
  return { id: role, title, about, permissions: [...may], maxLinesAtOnce, own: false, limitedOnly, ...builtIn };
};
