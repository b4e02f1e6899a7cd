-- A person has one account and is a member (app_user) of one or several operators. What names a person stands in the
-- account; what proves that it is the person, in tables that a transaction of that account alone can read.

create function app_account() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.account', true), '')::uuid $$;

create table account (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  name text not null,
  time_zone text,
  created_at timestamptz not null default now()
);
create unique index account_email on account (lower(email));

create table account_credential (
  account_id uuid primary key references account on delete cascade,
  -- Null: this person signs in by other means alone.
  password_hash text,
  password_changed_at timestamptz
);

-- An owner that is no superuser is bound by forced row security.
alter table app_user no force row level security;
alter table session no force row level security;

insert into account (id, email, name, time_zone, created_at) select id, email, name, time_zone, created_at from app_user;
insert into account_credential (account_id, password_hash, password_changed_at) select id, password_hash, created_at from app_user;

alter table app_user add column account_id uuid references account;
update app_user set account_id = id;
alter table app_user alter column account_id set not null;
-- A member who left keeps the row that incidents and the audit trail name.
alter table app_user add column removed_at timestamptz;
create unique index app_user_account on app_user (operator_id, account_id);
create index app_user_by_account on app_user (account_id);

alter table session add column id uuid not null default gen_random_uuid();
alter table session add column account_id uuid references account on delete cascade;
update session s set account_id = u.account_id from app_user u where u.id = s.user_id;
alter table session alter column account_id set not null;
alter table session add column last_used_at timestamptz not null default now();
-- When and by what the person last proved who they are: what a dangerous act asks for.
alter table session add column authenticated_at timestamptz not null default now();
alter table session add column methods text[] not null default '{password}';
alter table session alter column methods drop default;
alter table session add column address text;
alter table session add column user_agent text;
create unique index session_id on session (id);
create index session_by_account on session (account_id);

alter table app_user force row level security;
alter table session force row level security;

drop function resolve_user(text);
drop function resolve_session(bytea);
alter table app_user drop column email, drop column name, drop column time_zone, drop column password_hash;

alter table account enable row level security;
alter table account force row level security;
create policy own on account to loopstart_app using (id = (select app_account())) with check (id = (select app_account()));
create policy colleagues on account for select to loopstart_app
  using (exists (select from app_user u where u.account_id = account.id));
grant select, insert, update on account to loopstart_app;

alter table account_credential enable row level security;
alter table account_credential force row level security;
create policy own on account_credential to loopstart_app
  using (account_id = (select app_account())) with check (account_id = (select app_account()));
grant select, insert, update on account_credential to loopstart_app;

-- A person sees and ends their sessions in every operator.
create policy own on session to loopstart_app
  using (account_id = (select app_account())) with check (account_id = (select app_account()));

-- The members of an operator with what names them.
create view person with (security_invoker = true) as
  select u.id, u.operator_id, u.account_id, u.role, u.removed_at, u.created_at, a.email, a.name, a.time_zone
  from app_user u join account a on a.id = u.account_id;
grant select on person to loopstart_app;

create policy resolver on account for select to loopstart_resolver using (true);
create policy resolver on account_credential for select to loopstart_resolver using (true);
grant select on account, account_credential to loopstart_resolver;

-- The account of an e-mail address, for signing in.
create function resolve_account(p_email text) returns table (id uuid, name text, password_hash text)
  language sql stable security definer as
$$ select a.id, a.name, c.password_hash from account a left join account_credential c on c.account_id = a.id
   where lower(a.email) = lower(p_email) $$;

-- Where an account is a member; the operator it used last is first.
create function resolve_memberships(p_account_id uuid)
  returns table (user_id uuid, operator_id uuid, operator_name text, role text, last_used_at timestamptz)
  language sql stable security definer as
$$ select u.id, u.operator_id, o.name, u.role, (select max(s.last_used_at) from session s where s.user_id = u.id)
   from app_user u join operator o on o.id = u.operator_id
   where u.account_id = p_account_id and u.removed_at is null
   order by 5 desc nulls last, lower(o.name), o.id $$;

-- One round trip for every request: the session with who its person is.
create function resolve_session(p_token_hash bytea)
  returns table (id uuid, user_id uuid, account_id uuid, operator_id uuid, expires_at timestamptz, last_used_at timestamptz,
    authenticated_at timestamptz, methods text[], name text, email text, role text, time_zone text, operator_name text)
  language sql stable security definer as
$$ select s.id, s.user_id, s.account_id, s.operator_id, s.expires_at, s.last_used_at, s.authenticated_at, s.methods,
     a.name, a.email, u.role, a.time_zone, o.name
   from session s join app_user u on u.id = s.user_id join account a on a.id = u.account_id
     join operator o on o.id = s.operator_id
   where s.token_hash = p_token_hash and u.removed_at is null $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_account', 'resolve_memberships', 'resolve_session') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
