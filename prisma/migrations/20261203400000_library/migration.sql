-- What the provider publishes to operators (docs/decisions, "A locked object is a row of the operator").

-- The provider's own copy, which every version starts from. No operator's, and not readable by the application.
create table library_object (
  id uuid primary key,
  kind text not null check (kind in ('policy', 'role')),
  mode text not null check (mode in ('shared', 'locked')),
  -- For every operator, those to come included; otherwise for the operators that have a publication.
  for_all boolean not null,
  name text not null,
  content jsonb not null,
  version integer not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index library_object_name on library_object (kind, lower(name)) where withdrawn_at is null;
alter table library_object enable row level security;
alter table library_object force row level security;

-- What is published to one operator, as it stands. The operator reads it; the functions below alone write it.
create table publication (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator on delete cascade,
  object_id uuid not null references library_object,
  kind text not null,
  mode text not null,
  name text not null,
  content jsonb not null,
  version integer not null,
  published_at timestamptz not null,
  unique (operator_id, object_id)
);
alter table publication enable row level security;
alter table publication force row level security;
create policy tenant on publication to loopstart_app
  using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
grant select on publication to loopstart_app;

create policy keeper on library_object to loopstart_resolver using (true) with check (true);
create policy keeper on publication to loopstart_resolver using (true) with check (true);
grant select, insert, update on library_object to loopstart_resolver;
grant select, insert, update, delete on publication to loopstart_resolver;

-- Where a policy or role of an operator came from. Locked: as the provider has it, with its version.
do $$
declare t text;
begin
  foreach t in array array['policy', 'own_role'] loop
    execute format('alter table %I add column library_id uuid references library_object, add column library_version integer, add column locked boolean not null default false', t);
    execute format('alter table %I add check ((library_id is null) = (library_version is null) and (not locked or library_id is not null))', t);
    execute format('create index %I on %I (library_id) where library_id is not null', t || '_library', t);
    -- The application makes no locked row, changes none, and deletes none but with the operator itself.
    execute format('create policy unlocked_insert on %I as restrictive for insert to loopstart_app with check (not locked)', t);
    execute format('create policy unlocked_update on %I as restrictive for update to loopstart_app using (not locked) with check (not locked)', t);
    execute format('create policy unlocked_delete on %I as restrictive for delete to loopstart_app using (not locked or exists (
      select from operator_standing s where s.operator_id = %I.operator_id and s.removal_began_at is not null))', t, t);
    -- The functions below reach rows that came from the library, and no other.
    execute format('create policy library on %I to loopstart_resolver using (library_id is not null) with check (library_id is not null)', t);
    execute format('grant select, insert, update on %I to loopstart_resolver', t);
  end loop;
end $$;

-- What came from the provider never collides with a name that the operator chose.
drop index policy_name;
create unique index policy_name on policy (operator_id, lower(name)) where library_id is null;
drop index own_role_name;
create unique index own_role_name on own_role (operator_id, lower(name)) where library_id is null;

-- Puts an object, as it is now, where one operator has it.
create function library_place(p_object uuid, p_operator uuid, p_at timestamptz) returns void language plpgsql security definer as $$
declare o library_object;
begin
  select * into strict o from library_object where id = p_object;
  insert into publication (operator_id, object_id, kind, mode, name, content, version, published_at)
    values (p_operator, o.id, o.kind, o.mode, o.name, o.content, o.version, p_at)
    on conflict (operator_id, object_id) do update set name = o.name, content = o.content, version = o.version, published_at = p_at;
  if o.mode <> 'locked' then return; end if;
  if o.kind = 'policy' then
    -- As changes of the operator's own policies are serialised.
    perform pg_advisory_xact_lock(hashtext('loopstart.policies'), hashtext(p_operator::text));
    update policy set name = o.name, match = o.content -> 'match', steps = o.content -> 'steps', repeat = o.content -> 'repeat',
        quiet_hours = nullif(o.content -> 'quietHours', 'null'), digest = nullif(o.content -> 'digest', 'null'), library_version = o.version, updated_at = p_at
      where operator_id = p_operator and library_id = o.id and locked;
    -- Before all of the operator's own, in the order of publication.
    if not found then
      insert into policy (operator_id, name, ordinal, match, steps, repeat, quiet_hours, digest, updated_at, library_id, library_version, locked)
        values (p_operator, o.name, (select coalesce(max(p.ordinal), -1000000) + 1 from policy p where p.operator_id = p_operator and p.locked),
          o.content -> 'match', o.content -> 'steps', o.content -> 'repeat', nullif(o.content -> 'quietHours', 'null'), nullif(o.content -> 'digest', 'null'),
          p_at, o.id, o.version, true);
    end if;
  else
    update own_role set name = o.name, permissions = array(select jsonb_array_elements_text(o.content -> 'permissions')),
        max_lines_at_once = (o.content ->> 'maxLinesAtOnce')::integer, library_version = o.version, updated_at = p_at
      where operator_id = p_operator and library_id = o.id and locked;
    if not found then
      insert into own_role (operator_id, name, permissions, max_lines_at_once, created_at, updated_at, library_id, library_version, locked)
        values (p_operator, o.name, array(select jsonb_array_elements_text(o.content -> 'permissions')), (o.content ->> 'maxLinesAtOnce')::integer,
          p_at, p_at, o.id, o.version, true);
    end if;
  end if;
end $$;

-- Whether the rows of an operator are being removed: nothing is put there any more.
create function library_leaving(p_operator uuid) returns boolean language sql stable security definer as
$$ select exists (select from operator_standing where operator_id = p_operator and removal_began_at is not null) $$;

-- A new operator has what is published to all from its first moment.
create function library_welcome() returns trigger language plpgsql security definer as $$
begin
  perform library_place(o.id, new.id, new.created_at) from (
    select id from library_object where for_all and withdrawn_at is null order by created_at, id) o;
  return null;
end $$;
create trigger library_welcome after insert on operator for each row execute function library_welcome();

-- Publishes an object to all operators (p_operators is null) or to those named. Returns false where the id is taken: it was
-- published before.
create function provider_publish(p_id uuid, p_kind text, p_mode text, p_name text, p_content jsonb, p_operators uuid[], p_at timestamptz)
  returns boolean language plpgsql security definer as $$
begin
  perform provider_caller();
  insert into library_object (id, kind, mode, for_all, name, content, version, created_at, updated_at)
    values (p_id, p_kind, p_mode, p_operators is null, p_name, p_content, 1, p_at, p_at) on conflict (id) do nothing;
  if not found then return false; end if;
  perform library_place(p_id, o.id, p_at) from (
    select id from operator where (p_operators is null or id = any (p_operators)) and not library_leaving(id) order by id) o;
  return true;
end $$;

-- The next version, at once for every operator that has the object. Returns false where p_from is not the present version.
create function provider_publish_version(p_id uuid, p_from integer, p_name text, p_content jsonb, p_at timestamptz)
  returns boolean language plpgsql security definer as $$
begin
  perform provider_caller();
  update library_object set name = p_name, content = p_content, version = version + 1, updated_at = p_at
    where id = p_id and version = p_from and withdrawn_at is null;
  if not found then return false; end if;
  perform library_place(p_id, p.operator_id, p_at) from (
    select operator_id from publication where object_id = p_id and not library_leaving(operator_id) order by operator_id) p;
  return true;
end $$;

-- Withdraws an object. What is locked becomes the operator's own, as it is: nothing stops that was in force. Returns false
-- where it was withdrawn before.
create function provider_withdraw(p_id uuid, p_at timestamptz) returns boolean language plpgsql security definer as $$
begin
  perform provider_caller();
  update library_object set withdrawn_at = p_at, updated_at = p_at where id = p_id and withdrawn_at is null;
  if not found then return false; end if;
  update policy set locked = false, updated_at = p_at where library_id = p_id and locked;
  update own_role set locked = false, updated_at = p_at where library_id = p_id and locked;
  delete from publication where object_id = p_id;
  return true;
end $$;

-- What is published, with counts of where it is and who uses it; nothing of what operators made themselves.
create function provider_library(p_id uuid)
  returns table (id uuid, kind text, mode text, for_all boolean, name text, content jsonb, version integer, created_at timestamptz, updated_at timestamptz,
    operator_ids uuid[], in_force bigint, copies bigint, members bigint)
  language plpgsql stable security definer as $$
begin
  perform provider_caller();
  return query select o.id, o.kind, o.mode, o.for_all, o.name, o.content, o.version, o.created_at, o.updated_at,
      array(select p.operator_id from publication p where p.object_id = o.id order by p.operator_id),
      (select count(*) from policy p where p.library_id = o.id and p.locked) + (select count(*) from own_role r where r.library_id = o.id and r.locked),
      (select count(*) from policy p where p.library_id = o.id and not p.locked) + (select count(*) from own_role r where r.library_id = o.id and not r.locked),
      (select count(*) from own_role r join app_user u on u.operator_id = r.operator_id and u.role = r.id::text
        where r.library_id = o.id and r.locked and u.removed_at is null)
    from library_object o where o.withdrawn_at is null and (p_id is null or o.id = p_id) order by o.kind, lower(o.name), o.id;
end $$;

-- Puts on record what a person of the provider does to a published object.
create function provider_record_library(p_at timestamptz, p_verb text, p_object uuid, p_change jsonb) returns void language plpgsql security definer as $$
declare caller uuid := provider_caller();
begin
  perform provider_link(p_at, caller, (select a.name from account a where a.id = caller), p_verb, p_object,
    (select o.name from library_object o where o.id = p_object), p_change);
end $$;

do $$
declare f regprocedure; name text;
begin
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  for f, name in select p.oid::regprocedure, p.proname from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.proname in
    ('library_place', 'library_leaving', 'library_welcome', 'provider_publish', 'provider_publish_version', 'provider_withdraw', 'provider_library', 'provider_record_library') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to loopstart_resolver', f);
    -- What places an object is called by the other functions alone.
    if name not in ('library_place', 'library_leaving', 'library_welcome') then execute format('grant execute on function %s to loopstart_app', f); end if;
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
