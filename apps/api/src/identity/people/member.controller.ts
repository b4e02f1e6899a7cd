import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { MailOutbox } from '../../core/mail/mail-outbox.ts';
import { InvitationService } from './invitation.service.ts';
import { MemberAccess } from './member-access.service.ts';
import { MemberService } from './member.service.ts';

@Controller()
export class MemberController {
  constructor(
    private readonly members: MemberService,
    private readonly access: MemberAccess,
    private readonly invitations: InvitationService,
    private readonly outbox: MailOutbox,
  ) {}

  @Implements(endpoints.getMemberTies)
  ties(@Call() { caller, params }: CallOf<typeof endpoints.getMemberTies>) {
    return this.members.ties(caller, params.userId);
  }

  @Implements(endpoints.changeMemberRole)
  changeRole(@Call() { person: caller, params, body, requestId }: CallOf<typeof endpoints.changeMemberRole>) {
    return this.members.changeRole({ caller, requestId }, params.userId, body);
  }

  @Implements(endpoints.removeMember)
  remove(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.removeMember>) {
    return this.members.remove({ caller, requestId }, params.userId);
  }

  @Implements(endpoints.restoreMember)
  restore(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.restoreMember>) {
    return this.members.restore({ caller, requestId }, params.userId);
  }

  @Implements(endpoints.endMemberSessions)
  endSessions(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.endMemberSessions>) {
    return this.access.endSessions({ caller, requestId }, params.userId);
  }

  @Implements(endpoints.resetMemberFactors)
  resetFactors(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.resetMemberFactors>) {
    return this.access.resetFactors({ caller, requestId }, params.userId);
  }

  @Implements(endpoints.unlinkMember)
  unlink(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.unlinkMember>) {
    return this.access.unlink({ caller, requestId }, params.userId);
  }

  @Implements(endpoints.listInvitations)
  async invited(@Call() { caller }: CallOf<typeof endpoints.listInvitations>) {
    return { items: await this.invitations.list(caller), mail: this.outbox.mode };
  }

  @Implements(endpoints.createInvitation)
  invite(@Call() { person: caller, body, requestId }: CallOf<typeof endpoints.createInvitation>) {
    return this.invitations.create({ caller, requestId }, body);
  }

  @Implements(endpoints.resendInvitation)
  resend(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.resendInvitation>) {
    return this.invitations.resend({ caller, requestId }, params.invitationId);
  }

  @Implements(endpoints.withdrawInvitation)
  withdraw(@Call() { person: caller, params, requestId }: CallOf<typeof endpoints.withdrawInvitation>) {
    return this.invitations.withdraw({ caller, requestId }, params.invitationId);
  }
}
