-- What the list of lines filters, sorts and counts by, one row a gateway: sets of its ports as bit strings, the first bit
-- for the port of ordinal 0. Sets are intersected with "&" and counted with bit_count(), so that 10,000 rows are read for
-- 240,000 lines. Nothing here depends on the time: whether a gateway can be trusted now is judged when it is asked.
create table gateway_lines (
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  -- Ports that are there.
  present bit varying not null,
  -- Their positions, 0 where no port is.
  positions integer[] not null,
  -- A set for each of SEVERITIES, as they are while the gateway can be trusted.
  severity bit varying[] not null,
  -- A set for each of REGISTRATION_STATES, and one of lines of which none is known.
  registration bit varying[] not null,
  -- A set for each of LINE_DEVICE_CLASSES, and for each of PORT_KINDS.
  device bit varying[] not null,
  kind bit varying[] not null,
  -- Since when its lines are as they are, ascending; without those of which it is not known.
  since timestamptz[] not null,
  primary key (operator_id, gateway_id),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
) with (fillfactor = 70);

-- What the lines of a gateway are called, in small letters, one in a row of text: apart, because only a search reads it.
create table gateway_words (
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  words text not null,
  primary key (operator_id, gateway_id),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
) with (fillfactor = 70);

do $$
declare t text;
begin
  foreach t in array array['gateway_lines', 'gateway_words'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
  end loop;
end $$;

-- The one place where these rows come from. Each port is one letter of a text for each thing that is known of it, and the
-- sets are that text with one letter made 1 and all others 0. The present of the gateways is locked first: where two
-- transactions change a port and its state at once, the later one sees both.
-- Planned once: to plan it takes longer than to do it for one gateway.
create function refresh_gateway_lines(p_gateways uuid[]) returns void language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  if cardinality(p_gateways) = 0 then return; end if;
  perform 1 from gateway_current where gateway_id = any (p_gateways) order by gateway_id for no key update;
  with each as (
    select g.id, g.operator_id, n, p.gateway_id is not null as there, p."position", p.kind, c.registration[n + 1] as registration,
      array_position(array['phone', 'fax', 'alarm-panel', 'lift-phone', 'door-entry', 'paging', 'card-terminal', 'modem', 'unused', 'unknown'], p.line_device_class) - 1 as device,
      port_severity(c.admin[n + 1], c.oper[n + 1], c.hook[n + 1], c.call[n + 1], c.registration[n + 1], c.fault[n + 1], p.line_device_class) as severity
    from gateway g
    cross join lateral (
      select n, m.gateway_id, m."position", m.kind, m.line_device_class
      from generate_series(0, (select max(ordinal) from port where operator_id = g.operator_id and gateway_id = g.id and removed_at is null)) n
      left join (select * from port where operator_id = g.operator_id and gateway_id = g.id and removed_at is null offset 0) m on m.ordinal = n
      offset 0
    ) p
    left join gateway_current c on c.gateway_id = g.id
    where g.id = any (p_gateways)
  ), letters as (
    select id, operator_id, string_agg(case when there then '1' else '0' end, '' order by n)::bit varying as present, array_agg(coalesce("position", 0) order by n) as positions,
      string_agg(case when not there then '-' else case severity when 'ok' then '0' when 'info' then '1' when 'minor' then '2' when 'major' then '3' when 'critical' then '4' else '5' end end, '' order by n) as s,
      string_agg(case when not there then '-' when registration between 0 and 6 then registration::text else '7' end, '' order by n) as r,
      string_agg(case when device between 0 and 9 then device::text else '-' end, '' order by n) as d,
      string_agg(case kind when 'fxs' then '0' when 'fxo' then '1' else '-' end, '' order by n) as k
    from each group by id, operator_id
  )
  insert into gateway_lines as x (gateway_id, operator_id, present, positions, severity, registration, device, kind, since)
  select g.id, g.operator_id, coalesce(l.present, ''), coalesce(l.positions, '{}'),
    array[
      translate(s, '012345-', '1000000'), translate(s, '012345-', '0100000'), translate(s, '012345-', '0010000'),
      translate(s, '012345-', '0001000'), translate(s, '012345-', '0000100'), translate(s, '012345-', '0000010')
    ]::bit varying[],
    array[
      translate(r, '01234567-', '100000000'), translate(r, '01234567-', '010000000'), translate(r, '01234567-', '001000000'), translate(r, '01234567-', '000100000'),
      translate(r, '01234567-', '000010000'), translate(r, '01234567-', '000001000'), translate(r, '01234567-', '000000100'), translate(r, '01234567-', '000000010')
    ]::bit varying[],
    array[
      translate(d, '0123456789-', '10000000000'), translate(d, '0123456789-', '01000000000'), translate(d, '0123456789-', '00100000000'), translate(d, '0123456789-', '00010000000'),
      translate(d, '0123456789-', '00001000000'), translate(d, '0123456789-', '00000100000'), translate(d, '0123456789-', '00000010000'), translate(d, '0123456789-', '00000001000'),
      translate(d, '0123456789-', '00000000100'), translate(d, '0123456789-', '00000000010')
    ]::bit varying[],
    array[translate(k, '01-', '100'), translate(k, '01-', '010')]::bit varying[],
    array(select at from unnest(c.state_since) with ordinality each (at, place) where at is not null and substring(l.present, place::integer, 1) = B'1' order by at)
  from gateway g left join letters l on l.id = g.id left join gateway_current c on c.gateway_id = g.id where g.id = any (p_gateways)
  on conflict (operator_id, gateway_id) do update
    set present = excluded.present, positions = excluded.positions, severity = excluded.severity, registration = excluded.registration, device = excluded.device, kind = excluded.kind, since = excluded.since
    where (x.present, x.positions, x.severity, x.registration, x.device, x.kind, x.since)
      is distinct from (excluded.present, excluded.positions, excluded.severity, excluded.registration, excluded.device, excluded.kind, excluded.since);
end $$;

create function refresh_gateway_words(p_gateways uuid[]) returns void language sql as $$
  insert into gateway_words as x (gateway_id, operator_id, words)
  select g.id, g.operator_id, coalesce((select string_agg(lower(concat_ws(' ', p.label, p.number, p.reported_number, p.name)), E'\n' order by p."position")
    from port p where p.operator_id = g.operator_id and p.gateway_id = g.id and p.removed_at is null), '')
  from gateway g where g.id = any (p_gateways)
  on conflict (operator_id, gateway_id) do update set words = excluded.words where x.words <> excluded.words;
$$;

-- Readings. Lines are picked up and put down all day, and no severity depends on it: then their times alone are sorted anew.
-- port_severity() reads the hook and the call by whether they are known, and a call of 8, a receiver left off the hook.
create function gateway_current_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
    and (old.admin, old.oper, old.registration, old.fault) is not distinct from (new.admin, new.oper, new.registration, new.fault)
    and cardinality(old.hook) = cardinality(new.hook) and cardinality(old.call) = cardinality(new.call)
    and array_position(old.hook || new.hook || old.call || new.call, null) is null and not 8 = any (old.call || new.call)
  then
    update gateway_lines x set since = array(select at from unnest(new.state_since) with ordinality each (at, place) where at is not null and substring(x.present, place::integer, 1) = B'1' order by at)
    where x.operator_id = new.operator_id and x.gateway_id = new.gateway_id;
  else
    perform refresh_gateway_lines(array[new.gateway_id]);
  end if;
  return null;
end $$;
create trigger gateway_lines_inserted after insert on gateway_current for each row execute function gateway_current_changed();
create trigger gateway_lines_updated after update of admin, oper, hook, call, registration, fault, state_since on gateway_current for each row
  when ((old.admin, old.oper, old.hook, old.call, old.registration, old.fault, old.state_since)
    is distinct from (new.admin, new.oper, new.hook, new.call, new.registration, new.fault, new.state_since))
  execute function gateway_current_changed();

-- Ports, by whichever statement: an inventory writes many at once.
create function ports_inserted() returns trigger language plpgsql as $$
declare changed uuid[] := array(select distinct gateway_id from after_it);
begin
  perform refresh_gateway_lines(changed);
  perform refresh_gateway_words(changed);
  return null;
end $$;
create trigger gateway_lines_inserted after insert on port referencing new table as after_it for each statement execute function ports_inserted();

create function ports_deleted() returns trigger language plpgsql as $$
declare changed uuid[] := array(select distinct gateway_id from before_it);
begin
  perform refresh_gateway_lines(changed);
  perform refresh_gateway_words(changed);
  return null;
end $$;
create trigger gateway_lines_deleted after delete on port referencing old table as before_it for each statement execute function ports_deleted();

create function ports_updated() returns trigger language plpgsql as $$
begin
  perform refresh_gateway_lines(array(
    select distinct gateway_id from (
      (select gateway_id, "position", ordinal, kind, line_device_class, removed_at is null from after_it
       except select gateway_id, "position", ordinal, kind, line_device_class, removed_at is null from before_it)
      union all
      (select gateway_id, "position", ordinal, kind, line_device_class, removed_at is null from before_it
       except select gateway_id, "position", ordinal, kind, line_device_class, removed_at is null from after_it)) changed));
  perform refresh_gateway_words(array(
    select distinct gateway_id from (
      (select gateway_id, "position", label, number, reported_number, name, removed_at is null from after_it
       except select gateway_id, "position", label, number, reported_number, name, removed_at is null from before_it)
      union all
      (select gateway_id, "position", label, number, reported_number, name, removed_at is null from before_it
       except select gateway_id, "position", label, number, reported_number, name, removed_at is null from after_it)) changed));
  return null;
end $$;
create trigger gateway_lines_updated after update on port referencing old table as before_it new table as after_it for each statement execute function ports_updated();

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('refresh_gateway_lines', 'refresh_gateway_words', 'gateway_current_changed', 'ports_inserted', 'ports_deleted', 'ports_updated') loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
end $$;

-- What is there already. Its owner is bound by the policies too, which know no operator here.
do $$
declare t text;
begin
  foreach t in array array['gateway', 'port', 'gateway_current', 'gateway_lines', 'gateway_words'] loop
    execute format('alter table %I no force row level security', t);
  end loop;
  perform refresh_gateway_lines(array(select id from gateway)), refresh_gateway_words(array(select id from gateway));
  foreach t in array array['gateway', 'port', 'gateway_current', 'gateway_lines', 'gateway_words'] loop
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
analyze gateway_lines, gateway_words;
