import { createHash } from 'node:crypto';
import type pg from 'pg';
import { fillActions, fillAlerting, type Row, type Shape } from './former-alerting.ts';
import type { SealedPlace } from '../../src/core/secret/sealed-fields.ts';

/** What a test needs to know of an operator of the release before. */
export interface FormerOperator {
  number: number;
  name: string;
  operatorId: string;
  /** The earliest administrator, another one, a technician and one who only reads. */
  people: { email: string; formerRole: string; role: string }[];
  /** A browser that was signed in. */
  sessionToken: string;
  sealed: { place: SealedPlace; plain: string }[];
  gatewayId: string;
  incidentId: string;
  agentId: string;
}

const ROLES = [
  ['admin', 'owner'],
  ['admin', 'administrator'],
  ['technician', 'technician'],
  ['viewer', 'read-only'],
] as const;

/** Ids that tell what they are: the operator, and a number of its own for each row. */
const idOf = (operator: number, row: number) => `0000000${operator}-0000-4000-8000-${String(row).padStart(12, '0')}`;

export function formerOperator(number: number, name: string): FormerOperator {
  const id = (row: number) => idOf(number, row);
  const operatorId = id(1);
  const sealed = (field: SealedPlace['field'], row: Record<string, string>) => ({
    place: { field, operatorId, row } as SealedPlace,
    plain: JSON.stringify({ secretOf: name, field }),
  });
  return {
    number,
    name,
    operatorId,
    people: ROLES.map(([formerRole, role], index) => ({
      email: `person-${index}@${name.toLowerCase()}.example`,
      formerRole,
      role,
    })),
    sessionToken: `session-of-${name}-that-was-open`,
    sealed: [
      sealed('agent_target.access', { agent_id: id(30), id: 'lobby' }),
      sealed('channel.secret', { id: id(60) }),
      sealed('channel_key.secret', { id: id(61), channel_id: id(60) }),
      sealed('heartbeat.url', { operator_id: operatorId }),
    ],
    gatewayId: id(40),
    incidentId: id(50),
    agentId: id(30),
  };
}

const hash = (text: string) => createHash('sha256').update(text).digest();

/**
 * The data of an operator in the shape of the release before, at least a row of each of its tables. `at`: some minutes ago;
 * `passwordHash`: of everybody's password.
 */
export async function fillFormer(
  sql: pg.Client,
  one: FormerOperator,
  given: { at: Date; passwordHash: string; seal(place: SealedPlace, plain: string): Buffer },
): Promise<void> {
  const { at } = given;
  const id = (row: number) => idOf(one.number, row);
  const sealedOf = (field: string) => {
    const { place, plain } = one.sealed.find((each) => each.place.field === field)!;
    return given.seal(place, plain);
  };
  const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
  const operator_id = one.operatorId;
  const insert = (table: string, ...rows: Row[]) => insertRows(sql, table, rows);
  const ofOperator = (table: string, ...rows: Row[]) => insert(table, ...rows.map((row) => ({ operator_id, ...row })));
  const place = { customer_id: id(10), site_id: id(20), agent_id: id(30), gateway_id: id(40) };
  const line = { gateway_id: id(40), position: 2 };

  await insert('operator', { id: operator_id, name: one.name, created_at: at });
  await ofOperator(
    'app_user',
    ...one.people.map(({ email, formerRole }, index) => ({
      id: id(2 + index),
      email,
      name: `Person ${index}`,
      role: formerRole,
      time_zone: index === 2 ? 'Europe/London' : null,
      password_hash: given.passwordHash,
      created_at: later(index),
    })),
  );
  await ofOperator('session', {
    token_hash: hash(one.sessionToken),
    user_id: id(3),
    created_at: at,
    expires_at: later(600),
  });
  await ofOperator('customer', { id: id(10), name: 'Grand Hotel', notes: 'Ring the porter “Bo”', created_at: at });
  await ofOperator('site', { id: id(20), customer_id: id(10), name: 'Main building', time_zone: 'Europe/London' });
  await ofOperator('agent', {
    id: id(30),
    site_id: id(20),
    hostname: 'box-1',
    version: '0.1.0',
    online: true,
    presence_at: at,
    last_seen_at: at,
    certificate_expires_at: later(60 * 24 * 80),
    config_revision: 3,
  });
  await ofOperator('agent_certificate', { serial: `0${one.number}ab`, agent_id: id(30), not_after: later(9_999) });
  await ofOperator('agent_cursor', { agent_id: id(30), epoch: 1, seq: 7 });
  await ofOperator('agent_target', {
    agent_id: id(30),
    id: 'lobby',
    address: '192.0.2.10',
    port: 161,
    version: 'v2c',
    can_write: true,
    access: sealedOf('agent_target.access'),
    ordinal: 0,
  });
  await ofOperator('enrolment_token', {
    token_hash: hash(`a token of ${one.name}`),
    site_id: id(20),
    created_by: id(2),
    expires_at: later(1_440),
  });
  await ofOperator(
    'gateway',
    ...[40, 41].map((row) => ({
      id: id(row),
      site_id: id(20),
      agent_id: id(30),
      name: `Gateway ${row}`,
      inventory_revision: 1,
      address: `192.0.2.${row}`,
      driver_id: 'generic',
      driver_revision: 1,
      evidence: 'recording',
      unknown_hardware: false,
      poll_interval_ms: 30_000,
      vendor: 'AudioCodes',
      model: 'MP-124',
      serial: `S${one.number}${row}`,
      capabilities: '{}',
      actions: ['poll-now', 'reboot'],
      first_seen_at: at,
      ...(row === 41 && { retired_at: at, retired_because: 'retired', retired_by_name: 'Person 0' }),
    })),
  );
  await ofOperator(
    'port',
    ...[1, 2, 3, 4].map((position) => ({
      gateway_id: id(40),
      position,
      ordinal: position - 1,
      key: String(position),
      kind: 'fxs',
      label: position === 2 ? 'Lift' : null,
      number: `+44 20 7946 000${position}`,
      line_device_class: position === 2 ? 'lift-phone' : 'unused',
    })),
  );
  const four = (value: number) => Array.from({ length: 4 }, () => value);
  await ofOperator('gateway_current', {
    gateway_id: id(40),
    revision: 1,
    reachability: 'reachable',
    reachability_at: at,
    observed_at: at,
    received_at: at,
    ...Object.fromEntries(['admin', 'oper', 'hook', 'call', 'registration', 'fault'].map((name) => [name, four(1)])),
    state_since: Array.from({ length: 4 }, () => at),
    nulls: '{}',
    ports_total: 4,
    ports_ok: 4,
  });
  await ofOperator('gateway_layout', { gateway_id: id(40), revision: 1, positions: [1, 2, 3, 4] });
  for (const table of ['gateway_hour', 'gateway_day'])
    await ofOperator(table, { gateway_id: id(40), bucket: dayOf(at), revision: 1, samples: 12 });
  await ofOperator('gateway_sample', { gateway_id: id(40), taken_at: at, received_at: at, revision: 1, uptime_s: 99 });
  await ofOperator('gateway_event', {
    id: id(70),
    site_id: id(20),
    ...line,
    at,
    received_at: at,
    kind: 'other',
    severity: 'warning',
    text: 'Something ☎',
    source: 'agent',
    detail: '{}',
  });
  await ofOperator('port_state_change', { ...line, at, received_at: at, field: 1, from_code: 1, to_code: 2 });
  await ofOperator('port_baseline', {
    ...line,
    field: 'loop_current_ma',
    mean: 2,
    deviation: 1,
    samples: 50,
    last_at: at,
  });
  await ofOperator('port_predecessor', { ...line, of_gateway_id: id(41), of_position: 2 });
  await ofOperator('merge_acknowledgement', { agent_id: id(30), gateway_id: id(41), acknowledged_at: at });
  await ofOperator('rejected_message', { agent_id: id(30), code: 'invalid', detail: 'x', payload: Buffer.from('{') });
  await ofOperator('rollup_due', { grain: 'hour', bucket: dayOf(at) });
  const shape: Shape = { id, ofOperator, place, line, at, later, sealedOf };
  await fillAlerting(shape);
  await fillActions(shape);
}

const dayOf = (at: Date) => new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);

async function insertRows(sql: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await sql.query(
      `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${places.join(', ')})`,
      Object.values(row),
    );
  }
}
