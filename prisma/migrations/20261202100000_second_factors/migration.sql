-- What proves a person beside their password. All of it belongs to an account: a transaction of that account alone sees it.

-- An authenticator app (RFC 6238). Its key is sealed; the last time step whose code was accepted makes a code work once.
create table account_totp (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  name text not null,
  secret bytea not null,
  created_at timestamptz not null,
  -- Null: no code of it was shown yet, so it proves nothing.
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  last_used_at timestamptz
);
create index account_totp_by_account on account_totp (account_id);

-- Codes for the day when the app is lost, stored hashed. A new set replaces the old one.
create table account_recovery_code (
  account_id uuid not null references account on delete cascade,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- A sign-in whose password was right and whose second step is missing. It is no session: it opens that step alone.
create table pending_sign_in (
  token_hash bytea primary key,
  account_id uuid not null references account on delete cascade,
  -- Where it leads; null: to the operator used last. The row is the account's, not that operator's.
  leads_to uuid,
  methods text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index pending_sign_in_by_account on pending_sign_in (account_id);

do $$
declare t text;
begin
  foreach t in array array['account_totp', 'account_recovery_code', 'pending_sign_in'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own on %I to loopstart_app using (account_id = (select app_account())) with check (account_id = (select app_account()))', t);
    execute format('create policy resolver on %I for select to loopstart_resolver using (true)', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
    execute format('grant select on %I to loopstart_resolver', t);
  end loop;
end $$;

create function resolve_pending_sign_in(p_token_hash bytea)
  returns table (account_id uuid, email text, name text, leads_to uuid, methods text[], expires_at timestamptz)
  language sql stable security definer as
$$ select p.account_id, a.email, a.name, p.leads_to, p.methods, p.expires_at
   from pending_sign_in p join account a on a.id = p.account_id where p.token_hash = p_token_hash $$;

-- Whose keys are sealed, for sealing them anew.
create function resolve_sealed_accounts() returns setof uuid language sql stable security definer as
$$ select distinct account_id from account_totp order by 1 $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_pending_sign_in', 'resolve_sealed_accounts') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
