-- The first schema of Loopstart.
--
-- Tenancy. Every table that holds an operator's data carries operator_id and has row-level security
-- enabled AND forced. A transaction names the operators it works for with
--     select set_config('app.operators', '<uuid>[,<uuid>…]', true)
-- and sees and writes rows of those alone; without it, it sees nothing. Requests name one operator, the ingest
-- names those of its batch. The application connects as a role without BYPASSRLS (loopstart_app).
--
-- A few look-ups come before the operator is known (sign-in, session, enrolment, agent). They are functions that
-- run as loopstart_resolver, a role nobody can sign in as, which policies let read exactly those tables.

do $$
begin
  if not exists (select from pg_roles where rolname = 'loopstart_app') then
    create role loopstart_app nologin noinherit nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'loopstart_resolver') then
    create role loopstart_resolver nologin noinherit nobypassrls;
  end if;
  -- Owning functions as the resolver asks for membership where the migrating role is no superuser.
  execute format('grant loopstart_resolver, loopstart_app to %I', current_user);
end $$;

-- The operators this transaction works for. Used as (select app_operators()) so that it runs once a statement.
create function app_operators() returns uuid[] language sql stable parallel safe as
$$ select string_to_array(nullif(current_setting('app.operators', true), ''), ',')::uuid[] $$;

create table operator (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  created_at timestamptz not null default now()
);

create table app_user (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  email text not null,
  name text not null,
  role text not null check (role in ('viewer', 'technician', 'admin')),
  time_zone text,
  password_hash text not null,
  created_at timestamptz not null default now()
);
create unique index app_user_email on app_user (lower(email));

create table session (
  token_hash bytea primary key,
  operator_id uuid not null references operator,
  user_id uuid not null references app_user on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_by_user on session (user_id);

create table customer (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  name text not null,
  notes text not null default '',
  created_at timestamptz not null default now(),
  unique (operator_id, id)
);
create unique index customer_name on customer (operator_id, lower(name));

create table site (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  customer_id uuid not null,
  name text not null,
  time_zone text not null,
  address text not null default '',
  emergency_location text not null default '',
  latitude double precision,
  longitude double precision,
  created_at timestamptz not null default now(),
  unique (operator_id, id),
  foreign key (operator_id, customer_id) references customer (operator_id, id)
);
create unique index site_name on site (operator_id, customer_id, lower(name));

create table enrolment_token (
  token_hash bytea primary key,
  operator_id uuid not null references operator,
  site_id uuid not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  agent_id uuid,
  foreign key (operator_id, site_id) references site (operator_id, id)
);

create table agent (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  site_id uuid not null,
  hostname text not null,
  version text not null,
  platform text,
  enrolled_at timestamptz not null default now(),
  revoked_at timestamptz,
  -- Presence as the broker tells it (retained message and last will), and the last message of any kind.
  online boolean not null default false,
  presence_at timestamptz,
  last_seen_at timestamptz,
  clock_skew_ms bigint,
  -- The last health message, as the agent sent it (contract AgentHealth).
  health jsonb,
  certificate_expires_at timestamptz not null,
  config_revision integer not null default 0,
  config_revision_reported integer,
  trap_port integer not null default 162,
  rejected_messages bigint not null default 0,
  lost_messages bigint not null default 0,
  unique (operator_id, id),
  foreign key (operator_id, site_id) references site (operator_id, id)
);
create index agent_site on agent (operator_id, site_id);

-- Every certificate we signed; an agent may hold two while it renews.
create table agent_certificate (
  serial text primary key,
  operator_id uuid not null references operator,
  agent_id uuid not null,
  not_after timestamptz not null,
  issued_at timestamptz not null default now(),
  revoked_at timestamptz,
  foreign key (operator_id, agent_id) references agent (operator_id, id)
);
create index agent_certificate_agent on agent_certificate (operator_id, agent_id);

-- Where an agent looks. access is the SNMP access as AES-256-GCM ciphertext (contract SnmpAccess).
create table agent_target (
  operator_id uuid not null references operator,
  agent_id uuid not null,
  id text not null,
  address text not null,
  port integer not null,
  version text not null,
  username text,
  level text,
  can_write boolean not null,
  access bytea not null,
  poll_interval_ms integer,
  ordinal integer not null,
  primary key (operator_id, agent_id, id),
  foreign key (operator_id, agent_id) references agent (operator_id, id)
);

-- How far the stream of an agent is committed. Locked by the ingest, so that every message counts once.
create table agent_cursor (
  agent_id uuid primary key,
  operator_id uuid not null references operator,
  epoch bigint not null default 0,
  seq bigint not null default 0,
  foreign key (operator_id, agent_id) references agent (operator_id, id)
) with (fillfactor = 50);

create table rejected_message (
  id bigint generated always as identity primary key,
  operator_id uuid not null references operator,
  agent_id uuid not null,
  epoch bigint,
  seq bigint,
  received_at timestamptz not null default now(),
  code text not null,
  detail text not null,
  -- At most the first 4 KB, for whoever has to find out.
  payload bytea
);
create index rejected_message_agent on rejected_message (operator_id, agent_id, received_at desc);

create table gateway (
  id uuid primary key,
  operator_id uuid not null references operator,
  site_id uuid not null,
  agent_id uuid not null,
  name text,
  inventory_revision integer not null,
  address text not null,
  driver_id text not null,
  driver_revision integer not null,
  evidence text not null,
  unknown_hardware boolean not null,
  poll_interval_ms integer not null,
  vendor text not null,
  model text not null,
  firmware text,
  hardware_revision text,
  serial text,
  mac_address text,
  sys_name text,
  sys_descr text,
  sys_object_id text,
  power_source text,
  capabilities jsonb not null,
  actions text[] not null,
  first_seen_at timestamptz not null default now(),
  inventory_at timestamptz not null default now(),
  unique (operator_id, id),
  foreign key (operator_id, site_id) references site (operator_id, id),
  foreign key (operator_id, agent_id) references agent (operator_id, id)
);
create index gateway_site on gateway (operator_id, site_id);
create index gateway_agent on gateway (operator_id, agent_id);

create table port (
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  "position" integer not null,
  -- 0-based place of this port in the arrays of gateway_current and of samples of this inventory revision.
  ordinal integer not null,
  key text not null,
  kind text not null,
  name text,
  reported_number text,
  signalling text,
  impedance text,
  country_profile text,
  codecs text[],
  t38 boolean,
  -- What the operator says about the line; never overwritten by what is reported.
  label text,
  number text,
  line_device_class text not null default 'unknown',
  removed_at timestamptz,
  primary key (operator_id, gateway_id, "position"),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);

-- Which port stood where in the arrays of each inventory revision, so that an old sample still finds its port.
create table gateway_layout (
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  revision integer not null,
  positions integer[] not null,
  primary key (gateway_id, revision),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);

-- The present state of a gateway: arrays over its ports, in ordinal order. Codes are positions in the vocabularies of
-- packages/domain; null is unknown.
create table gateway_current (
  gateway_id uuid primary key,
  operator_id uuid not null references operator,
  revision integer not null,
  -- reachable, unreachable or unknown
  reachability text not null default 'unknown',
  unreachable_reason text,
  reachability_at timestamptz,
  -- When the newest reading was taken and arrived (also when it changed nothing).
  observed_at timestamptz,
  received_at timestamptz,
  admin smallint[],
  oper smallint[],
  hook smallint[],
  call smallint[],
  registration smallint[],
  fault smallint[],
  state_since timestamptz[],
  line_voltage_v real[],
  loop_current_ma real[],
  ring_voltage_v real[],
  jitter_ms real[],
  packet_loss_percent real[],
  calls_in integer[],
  calls_out integer[],
  calls_failed integer[],
  uptime_s bigint,
  temperature_c real,
  cpu_percent real,
  memory_percent real,
  active_calls integer,
  nulls jsonb,
  -- Ports by severity, kept by the ingest so that a fleet is summed over gateways, not over ports.
  ports_total integer not null default 0,
  ports_ok integer not null default 0,
  ports_info integer not null default 0,
  ports_minor integer not null default 0,
  ports_major integer not null default 0,
  ports_critical integer not null default 0,
  ports_unknown integer not null default 0,
  worst text not null default 'unknown',
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
) with (fillfactor = 50);
create index gateway_current_wrong on gateway_current (operator_id) where worst in ('minor', 'major', 'critical');

-- Every reading that carried a measurement, as arrays over the ports. Partitioned by day (names gateway_sample_YYYYMMDD);
-- the api makes partitions ahead and drops them by retention.
create table gateway_sample (
  operator_id uuid not null,
  gateway_id uuid not null,
  taken_at timestamptz not null,
  received_at timestamptz not null,
  revision integer not null,
  line_voltage_v real[],
  loop_current_ma real[],
  ring_voltage_v real[],
  jitter_ms real[],
  packet_loss_percent real[],
  calls_in integer[],
  calls_out integer[],
  calls_failed integer[],
  uptime_s bigint,
  temperature_c real,
  cpu_percent real,
  memory_percent real,
  active_calls integer,
  primary key (gateway_id, taken_at)
) partition by range (taken_at);

-- Roll-ups: one row a gateway and hour or day; arrays over ports; jsonb-free so that they stay small.
create table gateway_hour (
  operator_id uuid not null,
  gateway_id uuid not null,
  bucket timestamptz not null,
  revision integer not null,
  samples integer not null,
  line_voltage_v_min real[], line_voltage_v_avg real[], line_voltage_v_max real[],
  loop_current_ma_min real[], loop_current_ma_avg real[], loop_current_ma_max real[],
  ring_voltage_v_min real[], ring_voltage_v_avg real[], ring_voltage_v_max real[],
  jitter_ms_min real[], jitter_ms_avg real[], jitter_ms_max real[],
  packet_loss_percent_min real[], packet_loss_percent_avg real[], packet_loss_percent_max real[],
  temperature_c_min real, temperature_c_avg real, temperature_c_max real,
  cpu_percent_min real, cpu_percent_avg real, cpu_percent_max real,
  memory_percent_min real, memory_percent_avg real, memory_percent_max real,
  active_calls_min real, active_calls_avg real, active_calls_max real,
  primary key (gateway_id, bucket)
) partition by range (bucket);
create table gateway_day (like gateway_hour including all) partition by range (bucket);

-- Buckets that hold samples not rolled up yet. The ingest notes the hour of each sample; the roll-up deletes the note and
-- computes in one transaction, so a sample that arrives meanwhile notes its hour again.
create table rollup_due (
  operator_id uuid not null references operator,
  grain text not null check (grain in ('hour', 'day')),
  bucket timestamptz not null,
  primary key (operator_id, grain, bucket)
);

-- Every change of a state field. Partitioned by month (port_state_change_YYYYMM).
create table port_state_change (
  operator_id uuid not null,
  gateway_id uuid not null,
  "position" integer not null,
  at timestamptz not null,
  received_at timestamptz not null,
  -- Index into PORT_STATE_FIELD_NAMES.
  field smallint not null,
  from_code smallint,
  to_code smallint,
  primary key (gateway_id, "position", at, field)
) partition by range (at);

-- What gateways said. Partitioned by month (gateway_event_YYYYMM).
create table gateway_event (
  id uuid not null,
  operator_id uuid not null,
  site_id uuid not null,
  gateway_id uuid not null,
  at timestamptz not null,
  received_at timestamptz not null,
  kind text not null,
  severity text not null,
  "position" integer,
  text text not null,
  alarm_key text,
  source text not null,
  detail jsonb not null,
  primary key (id, at)
) partition by range (at);
create index gateway_event_operator on gateway_event (operator_id, at desc, id);
create index gateway_event_gateway on gateway_event (gateway_id, at desc, id);
create index gateway_event_site on gateway_event (site_id, at desc, id);

create table action (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  agent_id uuid not null,
  "position" integer,
  type text not null,
  state text not null,
  reason text,
  result jsonb not null default '{}',
  life_safety_confirmed boolean not null,
  requested_by uuid,
  requested_by_name text not null,
  requested_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  idempotency_key uuid not null,
  unique (operator_id, idempotency_key),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);
create index action_gateway on action (operator_id, gateway_id, requested_at desc);
create index action_open on action (agent_id) where state in ('queued', 'sent', 'running');

-- Who changed what through the console or the API.
create table audit_entry (
  id bigint generated always as identity primary key,
  operator_id uuid not null references operator,
  at timestamptz not null default now(),
  user_id uuid,
  user_name text not null,
  request_id text,
  verb text not null,
  subject_type text not null,
  subject_id text not null,
  change jsonb not null
);
create index audit_entry_at on audit_entry (operator_id, at desc);

-- Secrets of the installation itself (CA key, broker key), encrypted; no operator owns them.
create table installation_secret (
  name text primary key,
  value bytea not null,
  created_at timestamptz not null default now()
);

-- portHealth() of packages/domain as SQL, for lists that filter by severity; a test compares the two over every code.
create function port_severity(p_admin integer, p_oper integer, p_hook integer, p_call integer, p_registration integer, p_fault integer, p_device text)
  returns text language sql immutable parallel safe as
$$ select case
  when p_admin in (1, 2) then case when p_device in ('alarm-panel', 'lift-phone') then 'major' else 'info' end
  when p_fault > 0 or p_oper = 1 or p_registration in (2, 3, 4, 5) then
    case when p_device = 'unused' then 'info' when p_device in ('alarm-panel', 'lift-phone') then 'critical' else 'major' end
  when p_registration = 1 then case when p_device = 'unused' then 'ok' else 'minor' end
  when p_call = 8 then case when p_device in ('alarm-panel', 'lift-phone') then 'major' else 'minor' end
  when p_oper = 2 then 'info'
  when coalesce(p_admin, p_oper, p_hook, p_call, p_registration, p_fault) is null then 'unknown'
  else 'ok' end $$;

-- Row-level security on every table above that has operator_id, and on operator itself.
do $$
declare t text;
begin
  for t in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and a.attname = 'operator_id' and not c.relispartition
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
  end loop;
end $$;
alter table operator enable row level security;
alter table operator force row level security;
create policy tenant on operator to loopstart_app using (id = any ((select app_operators())::uuid[])) with check (id = any ((select app_operators())::uuid[]));
grant select, insert, update on operator to loopstart_app;
grant select, insert, update on installation_secret to loopstart_app;
-- Audit is written and read, never rewritten.
revoke update, delete on audit_entry from loopstart_app;

-- Look-ups before the operator is known.
do $$
declare t text;
begin
  foreach t in array array['operator', 'app_user', 'session', 'enrolment_token', 'agent', 'agent_certificate', 'gateway'] loop
    execute format('create policy resolver on %I for select to loopstart_resolver using (true)', t);
    execute format('grant select on %I to loopstart_resolver', t);
  end loop;
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  execute format('grant usage on schema %I to loopstart_app', current_schema());
end $$;

create function resolve_user(p_email text) returns table (id uuid, operator_id uuid, password_hash text)
  language sql stable security definer as
$$ select u.id, u.operator_id, u.password_hash from app_user u where lower(u.email) = lower(p_email) $$;

-- One round trip for every request: the session with who its person is.
create function resolve_session(p_token_hash bytea)
  returns table (user_id uuid, operator_id uuid, expires_at timestamptz, name text, email text, role text, time_zone text, operator_name text)
  language sql stable security definer as
$$ select s.user_id, s.operator_id, s.expires_at, u.name, u.email, u.role, u.time_zone, o.name
   from session s join app_user u on u.id = s.user_id join operator o on o.id = s.operator_id where s.token_hash = p_token_hash $$;

create function resolve_enrolment_token(p_token_hash bytea) returns table (operator_id uuid, site_id uuid)
  language sql stable security definer as
$$ select t.operator_id, t.site_id from enrolment_token t where t.token_hash = p_token_hash $$;

create function resolve_agents(p_ids uuid[]) returns table (id uuid, operator_id uuid, site_id uuid, revoked boolean)
  language sql stable security definer as
$$ select a.id, a.operator_id, a.site_id, a.revoked_at is not null from agent a where a.id = any (p_ids) $$;

create function resolve_certificate(p_serial text) returns table (agent_id uuid, operator_id uuid, revoked boolean)
  language sql stable security definer as
$$ select c.agent_id, c.operator_id, c.revoked_at is not null or a.revoked_at is not null from agent_certificate c join agent a on a.id = c.agent_id where c.serial = p_serial $$;

create function resolve_revoked_certificates() returns table (serial text, revoked_at timestamptz)
  language sql stable security definer as
$$ select c.serial, coalesce(c.revoked_at, a.revoked_at) from agent_certificate c join agent a on a.id = c.agent_id where (c.revoked_at is not null or a.revoked_at is not null) and c.not_after > now() $$;

-- Which operator owns these gateways: the ingest refuses a gateway that belongs to another site.
create function resolve_gateways(p_ids uuid[]) returns table (id uuid, operator_id uuid, site_id uuid)
  language sql stable security definer as
$$ select g.id, g.operator_id, g.site_id from gateway g where g.id = any (p_ids) $$;

-- All operators, for work that goes through them one after the other.
create function resolve_operators() returns setof uuid language sql stable security definer as
$$ select o.id from operator o $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.proname like 'resolve\_%' loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;

-- Partitions. Made and dropped by the owner through these, so that the application role needs no DDL rights.
create function ensure_partitions(p_table text, p_from timestamptz, p_to timestamptz) returns integer
  language plpgsql security definer as $$
declare
  step interval; fmt text; lower_bound timestamptz; made integer := 0; child text;
begin
  if p_table in ('gateway_sample') then step := '1 day'; fmt := 'YYYYMMDD'; lower_bound := date_trunc('day', p_from, 'UTC');
  elsif p_table in ('gateway_hour', 'gateway_day', 'port_state_change', 'gateway_event') then step := '1 month'; fmt := 'YYYYMM'; lower_bound := date_trunc('month', p_from, 'UTC');
  else raise exception 'no partitioned table %', p_table; end if;
  perform pg_advisory_xact_lock(hashtext('loopstart.partitions'));
  while lower_bound < p_to loop
    child := p_table || '_' || to_char(lower_bound at time zone 'UTC', fmt);
    if to_regclass(child) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L)', child, p_table, lower_bound, (lower_bound at time zone 'UTC' + step) at time zone 'UTC');
      execute format('alter table %I enable row level security', child);
      execute format('alter table %I force row level security', child);
      made := made + 1;
    end if;
    lower_bound := (lower_bound at time zone 'UTC' + step) at time zone 'UTC';
  end loop;
  return made;
end $$;

create function drop_partitions_before(p_table text, p_before timestamptz) returns integer
  language plpgsql security definer as $$
declare
  child record; dropped integer := 0; upper_bound timestamptz; digits text;
begin
  if p_table not in ('gateway_sample', 'gateway_hour', 'gateway_day', 'port_state_change', 'gateway_event') then
    raise exception 'no partitioned table %', p_table;
  end if;
  perform pg_advisory_xact_lock(hashtext('loopstart.partitions'));
  for child in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = p_table::regclass loop
    digits := substring(child.relname from '(\d+)$');
    upper_bound := case length(digits)
      when 8 then (to_date(digits, 'YYYYMMDD') + interval '1 day') at time zone 'UTC'
      when 6 then (to_date(digits || '01', 'YYYYMMDD') + interval '1 month') at time zone 'UTC' end;
    if upper_bound <= p_before then
      execute format('drop table %I', child.relname);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.proname in ('ensure_partitions', 'drop_partitions_before') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
end $$;
