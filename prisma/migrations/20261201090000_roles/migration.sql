-- Roles of the guide: the earliest administrator of an operator owns it. Beside the roles of the code an operator has its own,
-- which members name by id, and a member may be limited to places.

create table own_role (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  name text not null,
  permissions text[] not null,
  max_lines_at_once integer check (max_lines_at_once >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (operator_id, id)
);
create unique index own_role_name on own_role (operator_id, lower(name));
alter table own_role enable row level security;
alter table own_role force row level security;
create policy tenant on own_role to loopstart_app
  using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
create policy resolver on own_role for select to loopstart_resolver using (true);
grant select, insert, update, delete on own_role to loopstart_app;
grant select on own_role to loopstart_resolver;

-- An owner that is no superuser is bound by forced row security.
alter table app_user no force row level security;
alter table app_user add column limited_to jsonb;
update app_user set role = 'owner' where id in (
  select distinct on (operator_id) id from app_user where role = 'admin' order by operator_id, created_at, id);
update app_user set role = 'administrator' where role = 'admin';
update app_user set role = 'read-only' where role = 'viewer';
alter table app_user force row level security;

drop view person;
create view person with (security_invoker = true) as
  select u.id, u.operator_id, u.account_id, u.role, u.limited_to, u.removed_at, u.created_at, a.email, a.name, a.time_zone
  from app_user u join account a on a.id = u.account_id;
grant select on person to loopstart_app;

-- What a member may do and where, as of now. No row: the member is gone.
create function resolve_grant(p_user_id uuid)
  returns table (role text, own_role_name text, own_role_permissions text[], own_role_max_lines integer, limited_to jsonb)
  language sql stable security definer as
$$ select u.role, r.name, r.permissions, r.max_lines_at_once, u.limited_to
   from app_user u left join own_role r on r.operator_id = u.operator_id and r.id::text = u.role
   where u.id = p_user_id and u.removed_at is null $$;

do $$
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  execute format('alter function resolve_grant(uuid) set search_path = %I, pg_temp', current_schema());
  alter function resolve_grant(uuid) owner to loopstart_resolver;
  revoke all on function resolve_grant(uuid) from public;
  grant execute on function resolve_grant(uuid) to loopstart_app;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
