-- The operator to which the synthetic alert of the watchdog belongs has no people and no fleet. The provider does not see it:
-- deleting it would stop the watchdog, and an owner invited into it would find nothing of their own.

-- OWN_OPERATOR of apps/api/src/alerting/watchdog.
create function installation_itself() returns uuid language sql immutable as $$ select '00000000-0000-4000-8000-000000000001'::uuid $$;

create or replace function provider_operators(p_operator uuid)
  returns table (id uuid, name text, created_at timestamptz, members bigint, agents bigint, ports bigint, storage_bytes bigint, storage_at timestamptz,
    quota_ports integer, quota_agents integer, quota_storage_bytes bigint, suspended_at timestamptz, suspension_reason text,
    deletion_requested_at timestamptz, deletion_due_at timestamptz, deletion_by_provider boolean)
  language plpgsql stable security definer as $$
begin
  perform provider_caller();
  return query select o.id, o.name, o.created_at,
      (select count(*) from app_user u where u.operator_id = o.id and u.removed_at is null),
      (select count(*) from agent a where a.operator_id = o.id and a.revoked_at is null),
      (select count(*) from port p join gateway g on g.operator_id = p.operator_id and g.id = p.gateway_id
        where p.operator_id = o.id and p.removed_at is null and g.retired_at is null),
      s.storage_bytes, s.measured_at, q.quota_ports, q.quota_agents, q.quota_storage_bytes, q.suspended_at, q.suspension_reason,
      q.deletion_requested_at, q.deletion_due_at, coalesce(q.deletion_by_provider, false)
    from operator o left join operator_standing q on q.operator_id = o.id left join operator_usage s on s.operator_id = o.id
    where (p_operator is null or o.id = p_operator) and o.id <> installation_itself() order by lower(o.name), o.id;
end $$;

create or replace function library_welcome() returns trigger language plpgsql security definer as $$
begin
  if new.id = installation_itself() then return null; end if;
  perform library_place(o.id, new.id, new.created_at) from (
    select id from library_object where for_all and withdrawn_at is null order by created_at, id) o;
  return null;
end $$;

create or replace function provider_publish(p_id uuid, p_kind text, p_mode text, p_name text, p_content jsonb, p_operators uuid[], p_at timestamptz)
  returns boolean language plpgsql security definer as $$
begin
  perform provider_caller();
  insert into library_object (id, kind, mode, for_all, name, content, version, created_at, updated_at)
    values (p_id, p_kind, p_mode, p_operators is null, p_name, p_content, 1, p_at, p_at) on conflict (id) do nothing;
  if not found then return false; end if;
  perform library_place(p_id, o.id, p_at) from (
    select id from operator where (p_operators is null or id = any (p_operators)) and id <> installation_itself() and not library_leaving(id) order by id) o;
  return true;
end $$;

do $$
declare f regprocedure;
begin
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('provider_operators', 'library_welcome', 'provider_publish') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
grant execute on function provider_operators(uuid) to loopstart_app;
grant execute on function provider_publish(uuid, text, text, text, jsonb, uuid[], timestamptz) to loopstart_app;
