-- The deletion of an operator, in two steps: requested, and after a time its rows go (docs/decisions, "The provider counts
-- and does not look").

alter table operator_standing
  add column deletion_requested_at timestamptz,
  add column deletion_requested_by text,
  add column deletion_due_at timestamptz,
  -- When its rows began to go: from then on it cannot be withdrawn.
  add column removal_began_at timestamptz,
  add check ((deletion_requested_at is null) = (deletion_due_at is null) and (deletion_requested_at is null) = (deletion_requested_by is null)),
  add check (removal_began_at is null or deletion_requested_at is not null);

-- Certificates of agents whose operator is gone: an external broker refuses them until they end.
create table former_certificate (
  serial text primary key,
  refused_at timestamptz not null,
  not_after timestamptz not null
);
alter table former_certificate enable row level security;
alter table former_certificate force row level security;
create policy keeper on former_certificate to loopstart_resolver using (true) with check (true);
grant select, insert, delete on former_certificate to loopstart_resolver;

create or replace function resolve_refused_certificates(p_now timestamptz) returns table (serial text, refused_at timestamptz, must boolean)
  language sql stable security definer as
$$ select c.serial, coalesce(c.revoked_at, a.revoked_at, c.superseded_at),
     c.revoked_at is not null or a.revoked_at is not null or a.identity_conflict_at is not null
   from agent_certificate c join agent a on a.id = c.agent_id
   where (c.revoked_at is not null or a.revoked_at is not null or c.superseded_at is not null) and c.not_after > p_now
   union all
   select f.serial, f.refused_at, true from former_certificate f where f.not_after > p_now $$;

-- Accounts that are a member nowhere any more; those of the provider stay.
create policy forgets on account for delete to loopstart_resolver using (true);
grant delete on account to loopstart_resolver;
create function forget_homeless_accounts() returns integer language plpgsql security definer as $$
declare gone integer;
begin
  delete from account a where not exists (select from app_user u where u.account_id = a.id) and not exists (select from provider_person p where p.account_id = a.id);
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Requests the deletion of an operator of this transaction, or withdraws it where p_due is null.
create function set_operator_deletion(p_operator uuid, p_at timestamptz, p_due timestamptz, p_by text) returns void language plpgsql security definer as $$
begin
  if p_operator <> all (coalesce(app_operators(), '{}')) or not app_whole() then
    raise exception 'this transaction is not of the whole operator' using errcode = '42501';
  end if;
  if p_due is not null and p_due < p_at + interval '7 days' then raise exception 'a deletion waits for a week at least' using errcode = '42501'; end if;
  insert into operator_standing (operator_id, deletion_requested_at, deletion_requested_by, deletion_due_at)
    values (p_operator, case when p_due is null then null else p_at end, case when p_due is null then null else p_by end, p_due)
    on conflict (operator_id) do update set deletion_requested_at = excluded.deletion_requested_at,
      deletion_requested_by = excluded.deletion_requested_by, deletion_due_at = excluded.deletion_due_at
    where operator_standing.removal_began_at is null;
end $$;

-- Operators whose time has come.
create function resolve_due_deletions(p_now timestamptz) returns setof uuid language sql stable security definer as
$$ select operator_id from operator_standing where deletion_due_at <= p_now $$;

-- Begins the removal: agents are refused from here on. What signs for the audit trail is on record in the provider's.
create function begin_operator_removal(p_operator uuid, p_now timestamptz, p_proof jsonb) returns boolean language plpgsql security definer as $$
begin
  update operator_standing set removal_began_at = p_now where operator_id = p_operator and deletion_due_at <= p_now and removal_began_at is null;
  if not found then return false; end if;
  insert into former_certificate select c.serial, coalesce(c.revoked_at, p_now), c.not_after from agent_certificate c
    where c.operator_id = p_operator and c.not_after > p_now on conflict do nothing;
  delete from former_certificate where not_after <= p_now;
  perform provider_link(p_now, null, 'the system', 'remove', p_operator, (select o.name from operator o where o.id = p_operator), p_proof);
  return true;
end $$;

do $$
declare f regprocedure;
begin
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_refused_certificates', 'forget_homeless_accounts', 'set_operator_deletion', 'resolve_due_deletions', 'begin_operator_removal') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;

-- The functions below are of the owner of the tables: no other role may delete in all of them, those to come included. Both
-- refuse an operator whose removal has not begun, and a transaction that is not of the whole operator: where the owner is no
-- superuser, the policies bind it as they bind the application.

-- Deletes rows of an operator in every table, at most p_limit of each, children before parents. Returns how many; 0: none is left.
create function remove_operator_rows(p_operator uuid, p_limit integer) returns bigint language plpgsql security definer as $$
declare t text; deleted bigint; gone bigint := 0; left_over text[] := '{}';
begin
  if p_operator <> all (coalesce(app_operators(), '{}')) or not app_whole()
    or not exists (select from operator_standing where operator_id = p_operator and removal_began_at is not null) then
    raise exception 'the removal of this operator has not begun' using errcode = '42501';
  end if;
  for t in select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'operator_standing' order by 1
  loop
    begin
      execute format('delete from %I where (tableoid, ctid) in (select tableoid, ctid from %I where operator_id = $1 limit $2)', t, t) using p_operator, p_limit;
      get diagnostics deleted = row_count;
      gone := gone + deleted;
    exception when foreign_key_violation then
      -- Rows of other tables hang on it: they go first.
      left_over := left_over || t;
    end;
  end loop;
  if gone = 0 and cardinality(left_over) > 0 then raise exception 'rows are left in %', left_over; end if;
  return gone;
end $$;

-- Deletes the operator itself, after its rows.
create function remove_operator(p_operator uuid) returns void language plpgsql security definer as $$
begin
  if remove_operator_rows(p_operator, 1) > 0 then raise exception 'rows of the operator are left'; end if;
  delete from operator_standing where operator_id = p_operator;
  delete from operator where id = p_operator;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace and p.proname in ('remove_operator_rows', 'remove_operator') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
end $$;
