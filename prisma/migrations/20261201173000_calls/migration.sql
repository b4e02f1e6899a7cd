-- Calls, one row a call: what the records of its gateway say of it together. Partitioned by day (call_record_YYYYMMDD): at
-- is when it began or was first seen, and never changes.
create table call_record (
  id uuid not null,
  operator_id uuid not null,
  site_id uuid not null,
  gateway_id uuid not null,
  at timestamptz not null,
  received_at timestamptz not null,
  format text not null,
  -- The gateway's name for the call; it may be used again after a restart.
  call_key text not null,
  session_key text,
  -- Steps of which a record came: a bit for each of CALL_PHASES.
  phases smallint not null,
  "position" integer,
  direction text,
  dialled text,
  called text,
  calling text,
  forwarded_to text,
  channel text,
  trunk text,
  device text,
  line_number text,
  -- Times in our clock, and those of the gateway's.
  started_at timestamptz,
  connected_at timestamptz,
  ended_at timestamptz,
  gateway_setup_at timestamptz,
  gateway_connect_at timestamptz,
  gateway_release_at timestamptz,
  talk_ms bigint,
  cause text,
  cause_code integer,
  sip_code integer,
  ended_by text,
  codec text,
  fax boolean,
  mos double precision,
  r_factor double precision,
  remote_mos double precision,
  remote_r_factor double precision,
  jitter_ms double precision,
  delay_ms double precision,
  loss_percent double precision,
  -- Why a value is null, by its name.
  nulls jsonb not null,
  primary key (id, at)
) partition by range (at);
create index call_record_operator on call_record (operator_id, at desc, id);
create index call_record_gateway on call_record (gateway_id, at desc, id);
create index call_record_site on call_record (site_id, at desc, id);
create index call_record_key on call_record (gateway_id, call_key);

-- Gateways that have sent call records: of others no call is known, which is not the same as no call.
create table call_source (
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (operator_id, gateway_id),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
) with (fillfactor = 70);

do $$
declare t text;
begin
  foreach t in array array['call_record', 'call_source'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('grant select, insert, update on %I to loopstart_app', t);
  end loop;
end $$;

-- As before, with calls by day.
create or replace function ensure_partitions(p_table text, p_from timestamptz, p_to timestamptz) returns integer
  language plpgsql security definer as $$
declare
  step interval; fmt text; lower_bound timestamptz; made integer := 0; child text;
begin
  if p_table in ('gateway_sample', 'call_record') then step := '1 day'; fmt := 'YYYYMMDD'; lower_bound := date_trunc('day', p_from, 'UTC');
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

create or replace function drop_partitions_before(p_table text, p_before timestamptz) returns integer
  language plpgsql security definer as $$
declare
  child record; dropped integer := 0; upper_bound timestamptz; digits text;
begin
  if p_table not in ('gateway_sample', 'gateway_hour', 'gateway_day', 'port_state_change', 'gateway_event', 'call_record') then
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

-- Replacing a function takes its settings away.
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.proname in ('ensure_partitions', 'drop_partitions_before') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
  end loop;
end $$;

-- A limited member sees the calls of their places.
create policy scope on call_record as restrictive to loopstart_app using ((select app_whole()) or site_id in (select * from app_sites()));
create policy scope on call_source as restrictive to loopstart_app using ((select app_whole()) or exists (select from gateway g where g.id = gateway_id));
