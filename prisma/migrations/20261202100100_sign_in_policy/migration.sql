-- How the people of an operator sign in. No row: as the defaults of packages/domain/src/sign-in say.
create table sign_in_policy (
  operator_id uuid primary key references operator on delete cascade,
  required_for text not null check (required_for in ('nobody', 'roles', 'all')),
  -- Roles of which a second factor is required; of `roles` alone.
  roles text[] not null,
  -- Whether signing in at an identity provider counts as two factors.
  sso_counts boolean not null,
  idle_minutes integer check (idle_minutes > 0),
  session_hours integer not null check (session_hours > 0),
  -- Networks from which people may work; empty: any. Those of a role take their place for it.
  networks text[] not null,
  role_networks jsonb not null,
  updated_at timestamptz not null
);
alter table sign_in_policy enable row level security;
alter table sign_in_policy force row level security;
create policy tenant on sign_in_policy to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
create policy resolver on sign_in_policy for select to loopstart_resolver using (true);
grant select, insert, update, delete on sign_in_policy to loopstart_app;
grant select on sign_in_policy to loopstart_resolver;

-- What decides whether a session is open: for every request, in the round trip that finds the session.
create function resolve_sign_in_policy(p_operator uuid, p_account uuid)
  returns table (sign_in_policy jsonb, has_totp boolean)
  language sql stable security definer as
$$ select (select to_jsonb(p) from sign_in_policy p where p.operator_id = p_operator),
     exists (select from account_totp t where t.account_id = p_account and t.confirmed_at is not null) $$;

-- Which members of the transaction's operator have a second factor.
create function resolve_factor_holders(p_operator uuid) returns setof uuid language sql stable security definer as
$$ select u.id from app_user u where u.operator_id = p_operator and p_operator = any (app_operators()::uuid[])
     and exists (select from account_totp t where t.account_id = u.account_id and t.confirmed_at is not null) $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_sign_in_policy', 'resolve_factor_holders') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
