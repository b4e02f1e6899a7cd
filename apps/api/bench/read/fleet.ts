import { PORT_STATE_FIELD_NAMES, SEVERITIES } from '@loopstart/domain';
import pg from 'pg';

/** A fleet to read: so many gateways of one operator, each with as many lines, and hours of history. */
export interface FleetSize {
  gateways: number;
  ports: number;
  days: number;
}

const VENDORS = ['AudioCodes', 'Cisco', 'Grandstream', 'Patton', 'Sangoma', 'Innovaphone'];
const ROOMS = ['Room', 'Ward', 'Lift', 'Reception', 'Plant room', 'Alarm', 'Fax', 'Pharmacy', 'Gate', 'Workshop'];

/** SQL: a number from 0 to 9,999 that the row `n` always gets again; another for each salt. */
const dice = (n: string, salt: number): string => `(hashint8extended((${n})::bigint, ${salt}) & 2147483647) % 10000`;
/** SQL: one of these texts, by a number of `dice`. */
const oneOf = (texts: readonly string[], number: string): string =>
  `(array[${texts.map((text) => `'${text}'`).join(', ')}])[1 + (${number}) % ${texts.length}]`;
/** SQL: an array over the ports of gateway `r`, of what `cell` says of line number `l`. */
const overPorts = (size: FleetSize, cell: (line: string) => string, type: string): string =>
  `(select array_agg((${cell(`(r * ${size.ports} + p)`)})::${type} order by p) from generate_series(1, ${size.ports}) p)`;

/**
 * Fills the database by SQL, so that loading takes a minute or two and not a month. Nothing is alike: six vendors with
 * several models, lines of every kind that changed between seconds and three months ago, three in a hundred with a
 * fault, and gateways behind silent agents, without an answer, with an old reading or with none.
 */
export async function loadFleet(client: pg.Client, size: FleetSize): Promise<void> {
  const { rows } = await client.query<{ id: string }>('select id from operator');
  const operator = rows[0]?.id ?? '';
  await loadPlaces(client, operator);
  await loadGateways(client, operator, size);
  await loadPresent(client, size);
  await loadHours(client, size);
  await client.query('vacuum analyze');
}

async function loadPlaces(client: pg.Client, operator: string): Promise<void> {
  await client.query(
    `insert into customer (operator_id, name) select $1, 'Customer ' || n from generate_series(1, 100) n`,
    [operator],
  );
  await client.query(
    `insert into site (operator_id, customer_id, name, time_zone, latitude, longitude)
     select $1, (array(select id from customer order by name))[1 + n % 100], 'Site ' || n, 'Europe/London', 50 + n % 9, -n % 5 from generate_series(1, 1000) n`,
    [operator],
  );
  // Agents and readings are an hour ahead of the clock, so that they stay fresh while it is measured; one agent in a hundred is silent.
  await client.query(
    `insert into agent (operator_id, site_id, hostname, version, online, last_seen_at, certificate_expires_at)
     select $1, id, 'agent-' || name, '0.1.0', n % 100 <> 0, now() + interval '1 hour' - case when n % 100 = 0 then n * interval '1 minute' + interval '1 hour' else interval '0' end, now() + interval '90 days'
     from (select row_number() over (order by name) as n, * from site) s`,
    [operator],
  );
}

async function loadGateways(client: pg.Client, operator: string, { gateways, ports }: FleetSize): Promise<void> {
  await client.query(
    `insert into gateway (id, operator_id, site_id, agent_id, name, inventory_revision, address, driver_id, driver_revision, evidence, unknown_hardware, poll_interval_ms, vendor, model, firmware, capabilities, actions)
     select gen_random_uuid(), $1, a.site_id, a.id, 'Gateway ' || n, 1, '192.0.2.1', 'audiocodes', 1, 'recording', false, 60000,
       ${oneOf(VENDORS, `${dice('n', 1)} * ${dice('n', 2)} / 10000`)}, 'M-' || (${dice('n', 3)} % 5) * 100 + ${ports},
       case when ${dice('n', 4)} > 300 then (${dice('n', 5)} % 3 + 5) || '.' || (${dice('n', 6)} % 4 * 10) end, '{}', '{}'
     from generate_series(1, $2::int) n join (select row_number() over (order by hostname) as r, * from agent) a on a.r = 1 + n % 1000`,
    [operator, gateways],
  );
  await client.query(
    `insert into port (operator_id, gateway_id, "position", ordinal, key, kind, name, label, number, line_device_class)
     select g.operator_id, g.id, p, p - 1, p::text, case when ${dice('l', 11)} < 700 then 'fxo' else 'fxs' end, 'FXS ' || p,
       case when ${dice('l', 12)} < 8000 then ${oneOf(ROOMS, dice('l', 13))} || ' ' || ${dice('l', 14)} % 900 end,
       case when ${dice('l', 15)} < 9000 then (200000 + l)::text end,
       case when ${dice('l', 16)} < 6500 then 'phone' when ${dice('l', 16)} < 7500 then 'fax' when ${dice('l', 16)} < 8000 then 'alarm-panel' when ${dice('l', 16)} < 8400 then 'lift-phone'
         when ${dice('l', 16)} < 8430 then 'door-entry' when ${dice('l', 16)} < 8450 then 'paging' when ${dice('l', 16)} < 9500 then 'unused' else 'unknown' end
     from (select row_number() over (order by name_key) as r, * from gateway) g cross join generate_series(1, ${ports}) p cross join lateral (select g.r * ${ports} + p as l) line`,
  );
  await client.query(
    `insert into gateway_layout (operator_id, gateway_id, revision, positions) select operator_id, id, 1, array(select generate_series(1, ${ports})) from gateway`,
  );
}

async function loadPresent(client: pg.Client, size: FleetSize): Promise<void> {
  const array = (cell: (line: string) => string, type = 'smallint') => overPorts(size, cell, type);
  const rarely = (salt: number, share: number, value: string) => (line: string) =>
    `case when ${dice(line, salt)} < ${share} then ${value} else 0 end`;
  await client.query(
    `insert into gateway_current (gateway_id, operator_id, revision, reachability, reachability_at, observed_at, received_at, admin, oper, hook, call, registration, fault, state_since,
       line_voltage_v, loop_current_ma, jitter_ms, packet_loss_percent, calls_in, calls_out, temperature_c, active_calls, nulls)
     select id, operator_id, 1, case when r % 97 = 0 then 'unreachable' else 'reachable' end, now() - r * interval '1 minute',
       case when r % 199 = 0 then null when r % 211 = 0 then now() - r * interval '1 minute' else now() + interval '1 hour' end, now(),
       ${array(rarely(21, 50, '2'))}, ${array(rarely(22, 60, '1'))}, ${array(rarely(23, 800, '1'))}, ${array(rarely(23, 800, '4'))},
       ${array((line) => `case when ${dice(line, 24)} < 60 then 2 when ${dice(line, 24)} < 80 then 4 when ${dice(line, 24)} < 120 then 1 when ${dice(line, 24)} < 900 then 6 when ${dice(line, 24)} < 950 then null else 0 end`)},
       ${array(rarely(25, 80, `1 + ${dice('r', 26)} % 5`))},
       ${array((line) => `now() - power(10, 1 + ${dice(line, 27)} / 1700.0) * interval '1 second'`, 'timestamptz')},
       array_fill(48.1::real, array[${size.ports}]), array_fill(0::real, array[${size.ports}]), array_fill(3::real, array[${size.ports}]), array_fill(0::real, array[${size.ports}]),
       array_fill(7, array[${size.ports}]), array_fill(5, array[${size.ports}]), 41, 2, '[]'
     from (select row_number() over (order by name_key) as r, * from gateway) g`,
  );
  const codes = PORT_STATE_FIELD_NAMES.map((field) => `c."${field}"[p.ordinal + 1]`).join(', ');
  await client.query(
    `update gateway_current c set ports_total = n.total, ${SEVERITIES.map((one) => `ports_${one} = n.${one}`).join(', ')}, worst = n.worst
     from (
       select gateway_id, count(*) as total, ${SEVERITIES.map((one) => `count(*) filter (where severity = '${one}') as ${one}`).join(', ')},
         (array_agg(severity order by array_position(array['critical', 'major', 'minor', 'unknown', 'info', 'ok'], severity)))[1] as worst
       from (select p.gateway_id, port_severity(${codes}, p.line_device_class) as severity from port p join gateway_current c on c.gateway_id = p.gateway_id) judged group by gateway_id
     ) n where n.gateway_id = c.gateway_id`,
  );
}

async function loadHours(client: pg.Client, { ports, days }: FleetSize): Promise<void> {
  await client.query(`select ensure_partitions('gateway_hour', now() - $1 * interval '1 day', now())`, [days]);
  // Not logged while it is filled: only reading is measured here.
  const { rows: partitions } = await client.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'gateway_hour'::regclass`,
  );
  for (const { name } of partitions) await client.query(`alter table ${name} set unlogged`);
  const noise = (salt: number) =>
    `(select array_agg((20 + ((h.n * 7 + p * ${salt}) % 100) / 10.0)::real) from generate_series(1, ${ports}) p)`;
  await client.query(
    `insert into gateway_hour (operator_id, gateway_id, bucket, revision, samples, line_voltage_v_min, line_voltage_v_avg, line_voltage_v_max, loop_current_ma_min, loop_current_ma_avg, loop_current_ma_max,
       temperature_c_min, temperature_c_avg, temperature_c_max)
     select g.operator_id, g.id, h.bucket, 1, 60, h.a, h.b, h.c, h.a, h.b, h.c, 40, 41, 42
     from gateway g cross join (
       select bucket, ${noise(3)} as a, ${noise(5)} as b, ${noise(11)} as c
       from (select bucket, row_number() over () as n from generate_series(date_trunc('hour', now() - $1 * interval '1 day'), date_trunc('hour', now()) - interval '1 hour', interval '1 hour') bucket) h offset 0
     ) h`,
    [days],
  );
}
