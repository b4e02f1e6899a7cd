-- Single sign-on: connections of an operator to its OpenID Connect providers, who was linked by them, sign-ins on their way,
-- and whether the operator demands it.

create table sso_connection (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  name text not null,
  issuer text not null,
  client_id text not null,
  -- Sealed.
  client_secret bytea not null,
  groups_claim text not null,
  -- Rules in their order: group, role, places.
  role_rules jsonb not null,
  default_role jsonb,
  -- Whether an owner wrote the rules: others change no owner by them.
  by_owner boolean not null,
  provisions boolean not null,
  domains text[] not null,
  is_active boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (operator_id, id)
);
create unique index sso_connection_name on sso_connection (operator_id, lower(name));
create index sso_connection_domains on sso_connection using gin (domains);

-- A person of a provider is its issuer and subject, never an address. One of each issuer for a member.
create table sso_identity (
  operator_id uuid not null references operator,
  connection_id uuid not null,
  issuer text not null,
  subject text not null,
  user_id uuid not null references app_user,
  linked_at timestamptz not null,
  last_sign_in_at timestamptz,
  primary key (connection_id, issuer, subject),
  unique (connection_id, issuer, user_id),
  foreign key (operator_id, connection_id) references sso_connection (operator_id, id) on delete cascade
);
create index sso_identity_user on sso_identity (user_id);

-- A sign-in that a browser has begun. State, nonce and PKCE verifier come from a secret that the browser alone has: here is
-- its hash. A row works once, for ten minutes.
create table sso_login (
  browser_hash bytea primary key,
  operator_id uuid not null references operator,
  connection_id uuid not null,
  -- The member who links themselves; null: a sign-in.
  link_user_id uuid references app_user,
  return_to text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (operator_id, connection_id) references sso_connection (operator_id, id) on delete cascade
);
create index sso_login_expired on sso_login (operator_id, expires_at);

create table sso_policy (
  operator_id uuid primary key references operator,
  -- Members other than owners sign in by single sign-on alone, while a connection is active.
  required boolean not null
);

do $$
declare t text;
begin
  foreach t in array array['sso_connection', 'sso_identity', 'sso_login', 'sso_policy'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('create policy resolver on %I for select to loopstart_resolver using (true)', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
    execute format('grant select on %I to loopstart_resolver', t);
    -- They are about the whole operator; workers and sign-ins have its whole scope.
    execute format('create policy scope on %I as restrictive to loopstart_app using ((select app_whole()))', t);
  end loop;
end $$;

-- The active connections that speak for a domain, for the page of signing in.
create function resolve_sso_domain(p_domain text) returns table (id uuid, operator_id uuid, name text, operator_name text)
  language sql stable security definer as
$$ select c.id, c.operator_id, c.name, o.name from sso_connection c join operator o on o.id = c.operator_id
   where c.is_active and p_domain = any (c.domains) order by lower(c.name), c.id limit 20 $$;

-- Whose a connection is.
create function resolve_sso_connection(p_id uuid) returns table (operator_id uuid, operator_name text)
  language sql stable security definer as
$$ select c.operator_id, o.name from sso_connection c join operator o on o.id = c.operator_id where c.id = p_id $$;

-- Whether this member may not come by password: the operator demands single sign-on, it works, and they are no owner.
create function resolve_sso_required(p_user_id uuid) returns boolean
  language sql stable security definer as
$$ select exists (select from app_user u join sso_policy p on p.operator_id = u.operator_id and p.required
     where u.id = p_user_id and not (u.role = 'owner' and u.removed_at is null)
       and exists (select from sso_connection c where c.operator_id = u.operator_id and c.is_active)) $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_sso_domain', 'resolve_sso_connection', 'resolve_sso_required') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
