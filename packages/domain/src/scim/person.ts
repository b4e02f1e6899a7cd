import { domainOf } from '../sso/email-domain.ts';

export interface DirectoryEmail {
  value: string;
  type: string | null;
  primary: boolean;
}

/** What is kept of a person of a directory. */
export interface DirectoryPerson {
  userName: string;
  externalId: string | null;
  displayName: string | null;
  givenName: string | null;
  familyName: string | null;
  formattedName: string | null;
  emails: readonly DirectoryEmail[];
  /** What the directory wants: that they may come in. */
  active: boolean;
}

/** A person of whom nothing was said. */
export const NO_PERSON: DirectoryPerson = {
  userName: '',
  externalId: null,
  displayName: null,
  givenName: null,
  familyName: null,
  formattedName: null,
  emails: [],
  active: true,
};

export interface DirectoryGroup {
  displayName: string;
  externalId: string | null;
  /** Ids of people, each once. */
  members: readonly string[];
}

export const DIRECTORY_EMAILS_MAX = 20;
export const DIRECTORY_TEXT_MAX = 320;
/** How many people a group has at most, and how many a directory sends. */
export const DIRECTORY_PEOPLE_MAX = 5000;
export const DIRECTORY_GROUPS_MAX = 1000;

/** The address by which a person is found: the primary one, one of work, any, or a user name that is one. */
export function addressOf({ emails, userName }: DirectoryPerson): string | null {
  const email =
    emails.find(({ primary }) => primary) ?? emails.find(({ type }) => type?.toLowerCase() === 'work') ?? emails[0];
  if (email !== undefined) return email.value;
  return domainOf(userName) === null ? null : userName;
}

/** What the person is called. */
export function nameOf(person: DirectoryPerson): string {
  const { displayName, formattedName, givenName, familyName, userName } = person;
  const parts = [givenName, familyName].filter((part) => part !== null).join(' ');
  const name = displayName ?? formattedName ?? (parts === '' ? userName : parts);
  return name.slice(0, 100);
}

/** The names by which rules know the groups: what claims of single sign-on carry is one or the other. */
export const ruleNamesOf = (groups: readonly Pick<DirectoryGroup, 'displayName' | 'externalId'>[]): string[] => [
  ...new Set(
    groups.flatMap(({ displayName, externalId }) => [displayName, ...(externalId === null ? [] : [externalId])]),
  ),
];
