import { SEALED_FIELDS } from '../../core/secret/sealed-fields.ts';

/** Tables of an operator that its export leaves out, and why. */
export const OMITTED_TABLES: Readonly<Record<string, string>> = {
  data_key: 'keys by which this installation seals secrets',
  session: 'signed-in browsers, which end with the installation',
  sso_login: 'sign-ins that are under way at an identity provider, for minutes',
  oauth_access_token: 'hashes of tokens that live for an hour',
};

/** Columns that it leaves out: what opens something, sealed or hashed. */
export const OMITTED_COLUMNS: readonly string[] = [
  ...Object.values(SEALED_FIELDS).map(({ table, column }) => `${table}.${column}`),
  'enrolment_token.token_hash',
  'invitation.token_hash',
  'api_token.secret_hash',
  'mail.link_hash',
];

/** The omitted columns of one table. */
export const omittedOf = (table: string): string[] =>
  OMITTED_COLUMNS.filter((name) => name.startsWith(`${table}.`)).map((name) => name.slice(table.length + 1));
