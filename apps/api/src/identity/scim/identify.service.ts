import { Inject, Injectable } from '@nestjs/common';
import { addressOf, admitPerson, type MappedRole, type SsoRefusal } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import { DomainRepository, NewcomerRepository } from '../sso/index.ts';
import type { Directory } from './directory.ts';
import { type DirectoryUserRow, DirectoryUserRepository } from './user.repository.ts';

/** Who a person of a directory is in the operator. */
export type Identified =
  | { kind: 'refused'; reason: SsoRefusal }
  /** A member of today, or one whom this directory had removed. */
  | { kind: 'member'; userId: string; removedAt: Date | null; endedAt: Date | null }
  | { kind: 'newcomer'; accountId: string | null; invitation: ({ id: string } & MappedRole) | null };

/** Finds who a person of a directory is, under the conditions under which single sign-on links an address. */
@Injectable()
export class Identify {
  constructor(
    private readonly newcomers: NewcomerRepository,
    private readonly users: DirectoryUserRepository,
    private readonly domains: DomainRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async of(sql: Sql, { connection }: Directory, { person }: DirectoryUserRow): Promise<Identified> {
    const address = addressOf(person);
    if (address === null) return { kind: 'refused', reason: 'email-missing' };
    const account = await this.newcomers.accountOf(sql, connection.operatorId, address);
    const invitation = await this.newcomers.invitationOf(sql, address, new Date(this.now()));
    const member = account?.member ?? null;
    const endedAt = member === null ? null : await this.users.takeFormer(sql, connection.id, member.userId);
    const comesBack = endedAt !== null && endedAt.getTime() === member?.removedAt?.getTime();
    const admission = admitPerson({
      linked: null,
      // A directory speaks for the addresses of its domains: it is where they are given.
      email: { address, verified: true },
      domains: await this.domains.speaking(sql, connection.operatorId, connection.domains, new Date(this.now())),
      account:
        account === null
          ? null
          : {
              worksElsewhere: account.worksElsewhere,
              member:
                member === null
                  ? null
                  : {
                      removed: member.removedAt !== null && !comesBack,
                      isOwner: member.isOwner && !comesBack,
                      linkedOtherwise: await this.users.isLinked(sql, connection.id, member.userId),
                    },
            },
      invited: invitation !== null,
      provisions: true,
    });
    if (admission.kind === 'refused') return admission;
    if (member !== null)
      return {
        kind: 'member',
        userId: member.userId,
        removedAt: member.removedAt,
        endedAt: comesBack ? endedAt : null,
      };
    return { kind: 'newcomer', accountId: account?.accountId ?? null, invitation };
  }
}
