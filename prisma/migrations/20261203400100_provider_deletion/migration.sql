-- The deletion of an operator that the provider requests: its owners are told, and can withdraw it as one of their own.

alter table operator_standing
  add column deletion_by_provider boolean not null default false,
  add check (not deletion_by_provider or deletion_requested_at is not null);

-- As before, and whoever decides here, it is a decision of the operator from then on.
create or replace function set_operator_deletion(p_operator uuid, p_at timestamptz, p_due timestamptz, p_by text) returns void language plpgsql security definer as $$
begin
  if p_operator <> all (coalesce(app_operators(), '{}')) or not app_whole() then
    raise exception 'this transaction is not of the whole operator' using errcode = '42501';
  end if;
  if p_due is not null and p_due < p_at + interval '7 days' then raise exception 'a deletion waits for a week at least' using errcode = '42501'; end if;
  insert into operator_standing (operator_id, deletion_requested_at, deletion_requested_by, deletion_due_at)
    values (p_operator, case when p_due is null then null else p_at end, case when p_due is null then null else p_by end, p_due)
    on conflict (operator_id) do update set deletion_requested_at = excluded.deletion_requested_at,
      deletion_requested_by = excluded.deletion_requested_by, deletion_due_at = excluded.deletion_due_at, deletion_by_provider = false
    where operator_standing.removal_began_at is null;
end $$;

-- Requests the deletion where nobody has, or withdraws (p_due is null) what the provider requested. Returns whether it did.
-- A suspended operator is refused: its owners could not object.
create function provider_set_deletion(p_operator uuid, p_at timestamptz, p_due timestamptz) returns boolean language plpgsql security definer as $$
declare caller uuid := provider_caller();
begin
  if p_due is null then
    update operator_standing set deletion_requested_at = null, deletion_requested_by = null, deletion_due_at = null, deletion_by_provider = false
      where operator_id = p_operator and deletion_by_provider and removal_began_at is null;
    return found;
  end if;
  if p_due < p_at + interval '14 days' then raise exception 'owners have two weeks to object' using errcode = '42501'; end if;
  insert into operator_standing (operator_id, deletion_requested_at, deletion_requested_by, deletion_due_at, deletion_by_provider)
    values (p_operator, p_at, (select a.name from account a where a.id = caller) || ' (provider)', p_due, true)
    on conflict (operator_id) do update set deletion_requested_at = excluded.deletion_requested_at,
      deletion_requested_by = excluded.deletion_requested_by, deletion_due_at = excluded.deletion_due_at, deletion_by_provider = true
    where operator_standing.deletion_requested_at is null and operator_standing.suspended_at is null;
  return found;
end $$;

-- A reason of null resumes. Nobody is suspended while they may object to a deletion.
create or replace function provider_set_suspension(p_operator uuid, p_at timestamptz, p_reason text) returns void language plpgsql security definer as $$
begin
  perform provider_caller();
  if p_reason is not null and exists (select from operator_standing s where s.operator_id = p_operator and s.deletion_by_provider) then
    raise exception 'its owners may object to its deletion' using errcode = '42501';
  end if;
  insert into operator_standing (operator_id, suspended_at, suspension_reason)
    values (p_operator, case when p_reason is null then null else p_at end, p_reason)
    on conflict (operator_id) do update set suspended_at = excluded.suspended_at, suspension_reason = excluded.suspension_reason;
end $$;

drop function provider_operators(uuid);
-- All operators, or one, as the provider sees them: standing and counts, nothing of what they have.
create function provider_operators(p_operator uuid)
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
    where p_operator is null or o.id = p_operator order by lower(o.name), o.id;
end $$;

do $$
declare f regprocedure;
begin
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('set_operator_deletion', 'provider_set_deletion', 'provider_set_suspension', 'provider_operators') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
