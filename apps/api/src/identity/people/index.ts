export { Departure } from './departure.ts';
export { actorOf, type ByPerson, copyOf, Grants } from './grants.ts';
export { factsOf, MemberRepository } from './member.repository.ts';
export { refuseWith } from './member.service.ts';
export { OwnerInvitation } from './owner-invitation.ts';
export { PeopleModule } from './people.module.ts';
export { PersonTies, type PersonTie, type TieKeeper } from './person-ties.ts';
