import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.ts';
import { SessionModule } from '../session/index.ts';
import { Acceptance } from './acceptance.service.ts';
import { Departure } from './departure.ts';
import { Grants } from './grants.ts';
import { InvitationLinkController } from './invitation-link.controller.ts';
import { InvitationRepository } from './invitation.repository.ts';
import { InvitationSender } from './invitation-sender.ts';
import { InvitationService } from './invitation.service.ts';
import { MemberListController } from './list/member-list.controller.ts';
import { MemberList } from './list/member-list.service.ts';
import { MemberAccess } from './member-access.service.ts';
import { MemberController } from './member.controller.ts';
import { MemberRepository } from './member.repository.ts';
import { MemberService } from './member.service.ts';
import { OwnerInvitation } from './owner-invitation.ts';
import { PersonTies } from './person-ties.ts';

@Module({
  imports: [AuditModule, SessionModule],
  controllers: [MemberListController, MemberController, InvitationLinkController],
  providers: [
    Acceptance,
    Departure,
    Grants,
    InvitationRepository,
    InvitationSender,
    InvitationService,
    MemberAccess,
    MemberList,
    MemberRepository,
    MemberService,
    OwnerInvitation,
    PersonTies,
  ],
  exports: [Departure, Grants, MemberRepository, OwnerInvitation, PersonTies],
})
export class PeopleModule {}
