-- Passkeys (WebAuthn Level 3): a key pair of a device, of which the public key alone is kept. All of it belongs to an account.
create table passkey (
  id uuid primary key,
  account_id uuid not null references account on delete cascade,
  name text not null,
  -- As the device names it: at sign-in it is all that is known.
  credential_id bytea not null unique,
  -- COSE_Key (RFC 9052, section 7).
  public_key bytea not null,
  -- How often the device says that it has signed; 0: it does not count.
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_by_account on passkey (account_id);

-- A random number that a device is to sign, kept hashed: for one purpose and one browser, once.
create table passkey_challenge (
  challenge_hash bytea primary key,
  purpose text not null check (purpose in ('enrol', 'sign-in', 'second-step', 'proof')),
  -- Null: who signs in by a passkey alone is not known before.
  account_id uuid references account on delete cascade,
  -- Of the session, or of a cookie, that it was given to.
  holder_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((account_id is null) = (purpose = 'sign-in'))
);
create index passkey_challenge_by_account on passkey_challenge (account_id);

do $$
declare t text;
begin
  foreach t in array array['passkey', 'passkey_challenge'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own on %I to loopstart_app using (account_id = (select app_account())) with check (account_id = (select app_account()))', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
  end loop;
end $$;
create policy resolver on passkey for select to loopstart_resolver using (true);
grant select on passkey to loopstart_resolver;
create policy nobody_yet on passkey_challenge to loopstart_app using (account_id is null) with check (account_id is null);

-- Whose passkey it is, before anybody is signed in.
create function resolve_passkey(p_credential_id bytea)
  returns table (account_id uuid, email text, name text) language sql stable security definer as
$$ select a.id, a.email, a.name from passkey k join account a on a.id = k.account_id where k.credential_id = p_credential_id $$;

drop function resolve_sign_in_policy(uuid, uuid);
create function resolve_sign_in_policy(p_operator uuid, p_account uuid)
  returns table (sign_in_policy jsonb, has_totp boolean, has_passkey boolean)
  language sql stable security definer as
$$ select (select to_jsonb(p) from sign_in_policy p where p.operator_id = p_operator),
     exists (select from account_totp t where t.account_id = p_account and t.confirmed_at is not null),
     exists (select from passkey k where k.account_id = p_account) $$;

create or replace function resolve_factor_holders(p_operator uuid) returns setof uuid language sql stable security definer as
$$ select u.id from app_user u where u.operator_id = p_operator and p_operator = any (app_operators()::uuid[])
     and (exists (select from account_totp t where t.account_id = u.account_id and t.confirmed_at is not null)
       or exists (select from passkey k where k.account_id = u.account_id)) $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_passkey', 'resolve_sign_in_policy', 'resolve_factor_holders') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
