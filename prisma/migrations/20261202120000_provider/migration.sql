-- Who runs the installation (the provider), what they decided about each operator, and what is on record about it
-- (docs/decisions, "The provider counts and does not look").

-- People of the provider. The application cannot read or write it but through the functions below. Row security is not
-- forced: the owner of the tables, as whom the command `provider grant` signs in, writes it.
create table provider_person (
  account_id uuid primary key references account on delete cascade,
  granted_at timestamptz not null
);
alter table provider_person enable row level security;

create table operator_standing (
  operator_id uuid primary key references operator on delete cascade,
  suspended_at timestamptz,
  suspension_reason text,
  quota_ports integer check (quota_ports >= 0),
  quota_agents integer check (quota_agents >= 0),
  quota_storage_bytes bigint check (quota_storage_bytes >= 0),
  check ((suspended_at is null) = (suspension_reason is null))
);
create table operator_usage (
  operator_id uuid primary key references operator on delete cascade,
  storage_bytes bigint not null,
  measured_at timestamptz not null
);

-- What people of the provider did: appended by provider_link alone, a chain of hashes.
create table provider_entry (
  seq bigint primary key,
  at timestamptz not null,
  account_id uuid,
  name text not null,
  verb text not null,
  subject_id uuid not null,
  subject_name text not null,
  change jsonb not null,
  previous bytea not null,
  hash bytea not null
);
alter table provider_entry enable row level security;
alter table provider_entry force row level security;

do $$
declare t text;
begin
  foreach t in array array['operator_standing', 'operator_usage'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
  end loop;
end $$;
-- An operator reads its quotas and cannot raise them.
grant select on operator_standing to loopstart_app;
grant select, insert, update on operator_usage to loopstart_app;

create policy keeper on provider_person to loopstart_resolver using (true) with check (true);
create policy keeper on provider_entry to loopstart_resolver using (true) with check (true);
create policy keeper on operator_standing to loopstart_resolver using (true) with check (true);
create policy resolver on operator_usage for select to loopstart_resolver using (true);
create policy resolver on port for select to loopstart_resolver using (true);
grant select, insert, delete on provider_person to loopstart_resolver;
grant select, insert on provider_entry to loopstart_resolver;
grant select, insert, update on operator_standing to loopstart_resolver;
grant select on operator_usage, port to loopstart_resolver;

-- What a request must know of the operator and the account of its session: one look-up beside the grant.
create function resolve_standing(p_operator uuid, p_account uuid)
  returns table (suspended_at timestamptz, suspension_reason text, provider boolean)
  language sql stable security definer as
$$ select s.suspended_at, s.suspension_reason, exists (select from provider_person p where p.account_id = p_account)
   from (select 1) one left join operator_standing s on s.operator_id = p_operator $$;

-- The account of this transaction, which must be of the provider.
create function provider_caller() returns uuid language plpgsql stable security definer as $$
declare caller uuid;
begin
  select account_id into caller from provider_person where account_id = app_account();
  if not found then raise exception 'this transaction is not of a person of the provider' using errcode = '42501'; end if;
  return caller;
end $$;

-- Appends to the trail: what `brokenTrail` of packages/domain verifies.
create function provider_link(p_at timestamptz, p_account uuid, p_name text, p_verb text, p_subject uuid, p_subject_name text, p_change jsonb)
  returns void language plpgsql security definer as $$
declare
  last_seq bigint; last_hash bytea; said text;
  at_ms timestamptz := date_trunc('milliseconds', p_at);
  by_name text := replace(p_name, E'\n', ' ');
  of_name text := replace(p_subject_name, E'\n', ' ');
begin
  perform pg_advisory_xact_lock(hashtext('loopstart.provider-trail'));
  select e.seq, e.hash into last_seq, last_hash from provider_entry e order by e.seq desc limit 1;
  if not found then last_seq := 0; last_hash := decode(repeat('00', 32), 'hex'); end if;
  said := concat_ws(E'\n', encode(last_hash, 'hex'), last_seq + 1, (extract(epoch from at_ms) * 1000)::bigint, coalesce(p_account::text, ''),
    by_name, p_verb, p_subject, of_name, p_change::text);
  insert into provider_entry values (last_seq + 1, at_ms, p_account, by_name, p_verb, p_subject, of_name, p_change, last_hash, sha256(convert_to(said, 'UTF8')));
end $$;

-- Puts on record what a person of the provider does to an operator.
create function provider_record(p_at timestamptz, p_verb text, p_operator uuid, p_change jsonb) returns void language plpgsql security definer as $$
declare caller uuid := provider_caller();
begin
  perform provider_link(p_at, caller, (select a.name from account a where a.id = caller), p_verb, p_operator,
    (select o.name from operator o where o.id = p_operator), p_change);
end $$;

-- All operators, or one, as the provider sees them: standing and counts, nothing of what they have.
create function provider_operators(p_operator uuid)
  returns table (id uuid, name text, created_at timestamptz, members bigint, agents bigint, ports bigint, storage_bytes bigint, storage_at timestamptz,
    quota_ports integer, quota_agents integer, quota_storage_bytes bigint, suspended_at timestamptz, suspension_reason text)
  language plpgsql stable security definer as $$
begin
  perform provider_caller();
  return query select o.id, o.name, o.created_at,
      (select count(*) from app_user u where u.operator_id = o.id and u.removed_at is null),
      (select count(*) from agent a where a.operator_id = o.id and a.revoked_at is null),
      (select count(*) from port p join gateway g on g.operator_id = p.operator_id and g.id = p.gateway_id
        where p.operator_id = o.id and p.removed_at is null and g.retired_at is null),
      s.storage_bytes, s.measured_at, q.quota_ports, q.quota_agents, q.quota_storage_bytes, q.suspended_at, q.suspension_reason
    from operator o left join operator_standing q on q.operator_id = o.id left join operator_usage s on s.operator_id = o.id
    where p_operator is null or o.id = p_operator order by lower(o.name), o.id;
end $$;

create function provider_set_quotas(p_operator uuid, p_ports integer, p_agents integer, p_storage bigint) returns void language plpgsql security definer as $$
begin
  perform provider_caller();
  insert into operator_standing (operator_id, quota_ports, quota_agents, quota_storage_bytes) values (p_operator, p_ports, p_agents, p_storage)
    on conflict (operator_id) do update set quota_ports = p_ports, quota_agents = p_agents, quota_storage_bytes = p_storage;
end $$;

-- A reason of null resumes.
create function provider_set_suspension(p_operator uuid, p_at timestamptz, p_reason text) returns void language plpgsql security definer as $$
begin
  perform provider_caller();
  insert into operator_standing (operator_id, suspended_at, suspension_reason)
    values (p_operator, case when p_reason is null then null else p_at end, p_reason)
    on conflict (operator_id) do update set suspended_at = excluded.suspended_at, suspension_reason = excluded.suspension_reason;
end $$;

create function provider_trail(p_after bigint, p_limit integer)
  returns table (seq bigint, at timestamptz, account_id uuid, name text, verb text, subject_id uuid, subject_name text, change text, previous text, hash text)
  language plpgsql stable security definer as $$
begin
  perform provider_caller();
  return query select e.seq, e.at, e.account_id, e.name, e.verb, e.subject_id, e.subject_name, e.change::text, encode(e.previous, 'hex'), encode(e.hash, 'hex')
    from provider_entry e where e.seq > p_after order by e.seq limit p_limit;
end $$;

-- The person who sets an empty system up runs it, too: only while there is one operator and nobody of the provider.
create function provider_found(p_at timestamptz) returns void language plpgsql security definer as $$
declare caller uuid := app_account(); founded uuid;
begin
  if exists (select from provider_person) or (select count(*) from operator) <> 1 then return; end if;
  select o.id into founded from operator o;
  insert into provider_person values (caller, p_at);
  perform provider_link(p_at, caller, (select a.name from account a where a.id = caller), 'found', founded, (select o.name from operator o), '{}');
end $$;

do $$
declare f regprocedure; name text;
begin
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  for f, name in select p.oid::regprocedure, p.proname from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and (p.proname like 'provider\_%' or p.proname = 'resolve_standing') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    -- What appends to the trail is called by the other functions alone.
    if name <> 'provider_link' then execute format('grant execute on function %s to loopstart_app', f); end if;
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
