import { isUuid } from '../uuid.ts';

/** A column whose values are sealed. */
export interface SealedField {
  table: string;
  column: string;
  /** Columns that, with the operator, name a row. A sealed value opens in its own row alone. */
  key: readonly string[];
  /** Whose it is: the data key of an operator seals it, or that of the installation, which seals what accounts have, too. */
  owner: 'operator' | 'installation' | 'account';
  /** The purpose to which values of the former format are bound, and the further columns that it needs. */
  former?: { columns: readonly string[]; context: (row: SealedRow) => string };
}

/** The columns of a row that name it, as text. */
export type SealedRow = Readonly<Record<string, string>>;

/**
 * Every column that holds sealed values. Rotation walks this list, and a test compares it with the binary columns of the
 * database, so that no secret is left out.
 */
export const SEALED_FIELDS = {
  'agent_target.access': {
    table: 'agent_target',
    column: 'access',
    key: ['agent_id', 'id'],
    owner: 'operator',
    former: { columns: [], context: (row) => `agent-target/${row['agent_id']}/${row['id']}` },
  },
  'channel.secret': {
    table: 'channel',
    column: 'secret',
    key: ['id'],
    owner: 'operator',
    former: { columns: [], context: (row) => `channel:${row['id']}` },
  },
  'channel_key.secret': {
    table: 'channel_key',
    column: 'secret',
    key: ['id'],
    owner: 'operator',
    former: { columns: ['channel_id'], context: (row) => `channel-key:${row['channel_id']}` },
  },
  'audit_stream.secret': {
    table: 'audit_stream',
    column: 'secret',
    key: ['id'],
    owner: 'operator',
  },
  'heartbeat.url': {
    table: 'heartbeat',
    column: 'url',
    key: ['operator_id'],
    owner: 'operator',
    former: { columns: [], context: (row) => `heartbeat:${row['operator_id']}` },
  },
  'account_totp.secret': {
    table: 'account_totp',
    column: 'secret',
    key: ['account_id', 'id'],
    owner: 'account',
  },
  'sso_connection.client_secret': {
    table: 'sso_connection',
    column: 'client_secret',
    key: ['id'],
    owner: 'operator',
  },
  'config_entry.secret': {
    table: 'config_entry',
    column: 'secret',
    key: ['id'],
    owner: 'operator',
  },
  'config_job.payload': {
    table: 'config_job',
    column: 'payload',
    key: ['id'],
    owner: 'operator',
  },
  'running_config.text': {
    table: 'running_config',
    column: 'text',
    key: ['id'],
    owner: 'operator',
  },
  'config_access.access': {
    table: 'config_access',
    column: 'access',
    key: ['gateway_id'],
    owner: 'operator',
  },
  'certificate_authority.key': {
    table: 'certificate_authority',
    column: 'key',
    key: ['id'],
    owner: 'installation',
  },
  'installation_secret.value': {
    table: 'installation_secret',
    column: 'value',
    key: ['name'],
    owner: 'installation',
    former: { columns: [], context: (row) => row['name']! },
  },
} as const satisfies Record<string, SealedField>;

export type SealedFieldName = keyof typeof SEALED_FIELDS;

/** Where a sealed value stands: it opens nowhere else. */
export interface SealedPlace {
  field: SealedFieldName;
  /** Null for secrets of the installation. */
  operatorId: string | null;
  row: SealedRow;
}

/** The field of a place. Throws RangeError where the place lacks what names its row. */
export function fieldOf({ field, operatorId, row }: SealedPlace): SealedField {
  const found: SealedField = SEALED_FIELDS[field];
  const missing = found.key.find((column) => row[column] === undefined);
  if (missing !== undefined) throw new RangeError(`${field} is sealed without its ${missing}`);
  if ((found.owner === 'operator') !== (operatorId !== null))
    throw new RangeError(`${field} belongs to ${found.owner === 'operator' ? 'an operator' : 'the installation'}`);
  return found;
}

/** What is authenticated with a sealed value: whose it is, and the field and row it stands in. Unambiguous by JSON. */
export function boundTo(place: SealedPlace): string {
  const { table, column, key } = fieldOf(place);
  return JSON.stringify([ownerOf(place.operatorId), table, column, ...key.map((name) => plain(place.row[name]!))]);
}

/** One spelling of an owner. */
export const ownerOf = (operatorId: string | null): string => operatorId?.toLowerCase() ?? INSTALLATION;
export const INSTALLATION = 'installation';

const plain = (value: string): string => (isUuid(value) ? value.toLowerCase() : value);
