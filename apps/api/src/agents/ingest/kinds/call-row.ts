import { type Call, NO_QUALITY } from '@loopstart/domain';

/** A row of call_record; times as ISO text, as JSON has them. */
export interface CallRow {
  id: string;
  operator_id: string;
  site_id: string;
  gateway_id: string;
  [column: string]: unknown;
}

/** Columns of a call beside those of its place, with the name of each in the domain. */
const TIMES = {
  at: 'at',
  received_at: 'receivedAt',
  started_at: 'startedAt',
  connected_at: 'connectedAt',
  ended_at: 'endedAt',
  gateway_setup_at: 'gatewaySetupAt',
  gateway_connect_at: 'gatewayConnectAt',
  gateway_release_at: 'gatewayReleaseAt',
} as const satisfies Record<string, keyof Call>;
const VALUES = {
  format: 'format',
  call_key: 'callKey',
  session_key: 'sessionKey',
  phases: 'phases',
  position: 'position',
  direction: 'direction',
  dialled: 'dialled',
  called: 'called',
  calling: 'calling',
  forwarded_to: 'forwardedTo',
  channel: 'channel',
  trunk: 'trunk',
  device: 'device',
  line_number: 'lineNumber',
  talk_ms: 'talkMs',
  cause: 'cause',
  cause_code: 'causeCode',
  sip_code: 'sipCode',
  ended_by: 'endedBy',
  codec: 'codec',
  fax: 'fax',
  nulls: 'nulls',
} as const satisfies Record<string, keyof Call>;
const MEASURES = {
  mos: 'mos',
  r_factor: 'rFactor',
  remote_mos: 'remoteMos',
  remote_r_factor: 'remoteRFactor',
  jitter_ms: 'jitterMs',
  delay_ms: 'delayMs',
  loss_percent: 'lossPercent',
} as const satisfies Record<string, keyof Call['quality']>;

/** Columns that change while a call goes on; those of its place and its beginning do not. */
const CHANGING = [...Object.keys(TIMES), ...Object.keys(VALUES), ...Object.keys(MEASURES)].filter(
  (name) => name !== 'at',
);
export const UPDATE_CALL = CHANGING.map((name) => `"${name}" = excluded."${name}"`).join(', ');

/** SQL: the columns of calls `c` as `toCall` reads them. */
export const CALL_COLUMNS = [
  'c.id',
  'c.gateway_id',
  ...Object.keys(TIMES).map((name) => `(extract(epoch from c.${name}) * 1000)::float8 as ${name}`),
  ...Object.keys(VALUES).map((name) => (name === 'talk_ms' ? 'c.talk_ms::float8 as talk_ms' : `c."${name}"`)),
  ...Object.keys(MEASURES).map((name) => `c.${name}`),
].join(', ');

export function toCall(row: Readonly<Record<string, unknown>>): Call {
  const pick = (names: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(names).map(([column, name]) => [name, row[column]]));
  return { ...pick(TIMES), ...pick(VALUES), quality: { ...NO_QUALITY, ...pick(MEASURES) } } as unknown as Call;
}

export function toRow(call: Call, place: Pick<CallRow, 'id' | 'operator_id' | 'site_id' | 'gateway_id'>): CallRow {
  const fields = call as unknown as Readonly<Record<string, unknown>>;
  const time = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString() : null);
  return {
    ...place,
    ...Object.fromEntries(Object.entries(TIMES).map(([column, name]) => [column, time(fields[name])])),
    ...Object.fromEntries(Object.entries(VALUES).map(([column, name]) => [column, fields[name]])),
    ...Object.fromEntries(Object.entries(MEASURES).map(([column, name]) => [column, call.quality[name]])),
  };
}
