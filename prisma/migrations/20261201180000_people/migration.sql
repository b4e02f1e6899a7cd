-- How people come and go: invitations of an operator, one-time links of an account, and the mail that carries both.

alter table app_user add column last_sign_in_at timestamptz;

-- An invitation is a row of its operator until it is accepted; its token is stored hashed.
create table invitation (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator on delete cascade,
  email text not null,
  role text not null,
  limited_to jsonb,
  token_hash bytea not null,
  invited_by uuid,
  invited_by_name text not null,
  mail_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
create unique index invitation_token on invitation (token_hash);
create unique index invitation_open on invitation (operator_id, lower(email)) where accepted_at is null and withdrawn_at is null;

-- What a link in a mail does for one account, once: `reset` sets a new password, `email` confirms a new address.
create table account_link (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account on delete cascade,
  purpose text not null check (purpose in ('reset', 'email')),
  token_hash bytea not null,
  email text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'email') = (email is not null))
);
create unique index account_link_token on account_link (token_hash);
create index account_link_by_account on account_link (account_id);

-- Mail that is on its way: of an operator, or of an account where it belongs to no operator. It has what it tells of, and
-- of its link the hash alone: the link comes from the secret key when the mail is sent.
create table mail (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid references operator on delete cascade,
  account_id uuid references account on delete cascade,
  kind text not null,
  recipient text not null,
  facts jsonb not null,
  link_hash bytea,
  state text not null check (state in ('waiting', 'sent', 'failed', 'kept')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  created_at timestamptz not null,
  -- After this its link is void, and it is not sent any more.
  expires_at timestamptz not null,
  ended_at timestamptz,
  check ((operator_id is null) <> (account_id is null)),
  check ((state = 'waiting') = (next_attempt_at is not null))
);
create index mail_due on mail (next_attempt_at) where state = 'waiting';
create index mail_by_time on mail (created_at);
create index mail_by_operator on mail (operator_id);
create index mail_by_account on mail (account_id);

alter table invitation enable row level security;
alter table invitation force row level security;
create policy tenant on invitation to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
grant select, insert, update, delete on invitation to loopstart_app;

alter table account_link enable row level security;
alter table account_link force row level security;
create policy own on account_link to loopstart_app using (account_id = (select app_account())) with check (account_id = (select app_account()));
grant select, insert, update, delete on account_link to loopstart_app;

alter table mail enable row level security;
alter table mail force row level security;
create policy tenant on mail to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
create policy own on mail to loopstart_app using (account_id = (select app_account())) with check (account_id = (select app_account()));
grant select, insert, update, delete on mail to loopstart_app;

create policy resolver on invitation for select to loopstart_resolver using (true);
create policy resolver on account_link for select to loopstart_resolver using (true);
create policy resolver on mail for select to loopstart_resolver using (true);
grant select on invitation, account_link, mail to loopstart_resolver;

-- The invitation of a token, and whether its address has an account.
create function resolve_invitation(p_token_hash bytea)
  returns table (id uuid, operator_id uuid, operator_name text, email text, role text, own_role_name text, limited_to jsonb,
    invited_by_name text, expires_at timestamptz, accepted_at timestamptz, withdrawn_at timestamptz, account_id uuid)
  language sql stable security definer as
$$ select i.id, i.operator_id, o.name, i.email, i.role, r.name, i.limited_to, i.invited_by_name, i.expires_at, i.accepted_at, i.withdrawn_at,
     (select a.id from account a where lower(a.email) = lower(i.email))
   from invitation i join operator o on o.id = i.operator_id
     left join own_role r on r.operator_id = i.operator_id and r.id::text = i.role
   where i.token_hash = p_token_hash $$;

create function resolve_account_link(p_token_hash bytea)
  returns table (id uuid, account_id uuid, purpose text, email text, account_email text, account_name text,
    expires_at timestamptz, used_at timestamptz)
  language sql stable security definer as
$$ select l.id, l.account_id, l.purpose, l.email, a.email, a.name, l.expires_at, l.used_at
   from account_link l join account a on a.id = l.account_id where l.token_hash = p_token_hash $$;

-- Mail that is due, with the scope in which it can be worked on.
create function resolve_due_mail(p_now timestamptz, p_limit integer)
  returns table (id uuid, operator_id uuid, account_id uuid)
  language sql stable security definer as
$$ select m.id, m.operator_id, m.account_id from mail m
   where m.state = 'waiting' and m.next_attempt_at <= p_now order by m.next_attempt_at limit p_limit $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_invitation', 'resolve_account_link', 'resolve_due_mail') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
