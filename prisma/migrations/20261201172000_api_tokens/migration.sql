-- What programs show in place of a session: API tokens, and clients of OAuth 2.0 client credentials with their access
-- tokens. Secrets are kept as SHA-256: they are random, so that nothing slower protects them better.

create table api_token (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  kind text not null check (kind in ('token', 'oauth-client')),
  name text not null,
  secret_hash bytea not null unique,
  -- The first characters, by which a person finds which one leaked.
  hint text not null,
  permissions text[] not null,
  -- Places of packages/domain; null: wherever the owner works.
  limited_to jsonb,
  -- Addresses and networks; none: from anywhere.
  addresses text[] not null,
  created_at timestamptz not null default now(),
  -- The person who answers for it: it never exceeds what they may do.
  owner_id uuid not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by_name text,
  last_used_at timestamptz,
  last_used_address text,
  unique (operator_id, id),
  foreign key (owner_id) references app_user
);
create index api_token_of on api_token (operator_id, created_at);

-- Access tokens of OAuth clients; they live for an hour at most.
create table oauth_access_token (
  token_hash bytea primary key,
  operator_id uuid not null references operator,
  client_id uuid not null,
  permissions text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (operator_id, client_id) references api_token (operator_id, id) on delete cascade
);
create index oauth_access_token_of on oauth_access_token (client_id, created_at);

do $$
declare t text;
begin
  foreach t in array array['api_token', 'oauth_access_token'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('create policy resolver on %I for select to loopstart_resolver using (true)', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
    execute format('grant select on %I to loopstart_resolver', t);
  end loop;
end $$;
-- Who is limited to places sees the tokens they answer for.
create policy scope on api_token as restrictive to loopstart_app
  using ((select app_whole()) or owner_id in (select u.id from app_user u where u.account_id = (select app_account())));
create policy scope on oauth_access_token as restrictive to loopstart_app
  using ((select app_whole()) or exists (select from api_token t where t.id = client_id));
-- A revoked token stays as long as the audit trail names it.
revoke delete on api_token from loopstart_app;
-- Sites that a token names, by their customers.
create policy resolver on site for select to loopstart_resolver using (true);
grant select on site to loopstart_resolver;

-- The token or access token of a hash, with who answers for it: one round trip for every request of a program. Whether it
-- is valid now, the application decides.
create function resolve_token(p_hash bytea)
  returns table (id uuid, kind text, name text, operator_id uuid, operator_name text, permissions text[], token_limited_to jsonb,
    site_customers jsonb, addresses text[], expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz,
    owner_id uuid, owner_removed_at timestamptz, is_access boolean, access_expires_at timestamptz, access_permissions text[])
  language sql stable security definer as
$$ select t.id, t.kind, t.name, t.operator_id, o.name, t.permissions, t.limited_to,
     (select jsonb_object_agg(s.id, s.customer_id) from site s where s.operator_id = t.operator_id and s.id::text in (select jsonb_array_elements_text(t.limited_to -> 'siteIds'))),
     t.addresses, t.expires_at, t.revoked_at, t.last_used_at, t.owner_id, u.removed_at, a.token_hash is not null, a.expires_at, a.permissions
   from (select p_hash as hash) asked
   left join oauth_access_token a on a.token_hash = asked.hash
   left join api_token own on own.secret_hash = asked.hash
   join api_token t on t.id = coalesce(a.client_id, own.id)
   join operator o on o.id = t.operator_id join app_user u on u.id = t.owner_id $$;

do $$
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  execute format('alter function resolve_token(bytea) set search_path = %I, pg_temp', current_schema());
  alter function resolve_token(bytea) owner to loopstart_resolver;
  revoke all on function resolve_token(bytea) from public;
  grant execute on function resolve_token(bytea) to loopstart_app;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
