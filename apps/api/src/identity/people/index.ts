export { OwnerInvitation } from './owner-invitation.ts';
export { PeopleModule } from './people.module.ts';
export { PersonTies, type PersonTie, type TieKeeper } from './person-ties.ts';
