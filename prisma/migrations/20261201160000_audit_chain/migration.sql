-- Audit entries as a chain of hashes for each operator (docs/decisions, "The audit trail is a chain").
--
-- The application hashes what an entry says (digest); its place in the chain is given at the commit, by a deferred
-- trigger, so that the lock on the end of an operator's chain is held for the commit alone and no order of work can
-- dead-lock on it.
alter table audit_entry
  -- From where: null where no request caused it.
  add column address text,
  add column user_agent text,
  -- The parts that can be erased are in the chain as commitments; an erasure takes value and salt.
  add column author_salt bytea,
  add column author_commitment bytea,
  add column details_salt bytea,
  add column details_commitment bytea,
  add column digest bytea,
  -- Null: written before there was a chain.
  add column seq bigint,
  add column previous bytea,
  add column hash bytea;
create unique index audit_entry_seq on audit_entry (operator_id, seq);
-- What one person did, for export and erasure.
create index audit_entry_user on audit_entry (operator_id, user_id, id);

-- The end of each operator's chain, and where it begins: after the last entry that retention deleted.
create table audit_chain (
  operator_id uuid primary key references operator,
  seq bigint not null,
  hash bytea not null,
  begins_after bigint not null default 0,
  begins_after_hash bytea not null default decode(repeat('00', 32), 'hex')
);

-- Signed statements of where a chain ended, or begins after a deletion.
create table audit_head (
  id bigint generated always as identity primary key,
  operator_id uuid not null references operator,
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null,
  reason text not null check (reason in ('day', 'retention', 'request')),
  key_id text not null,
  signature bytea not null
);
create index audit_head_of on audit_head (operator_id, seq);

-- What an operator decides about its trail; none: as the installation.
create table audit_setting (
  operator_id uuid primary key references operator,
  retention_months integer check (retention_months >= 12)
);

do $$
declare t text;
begin
  foreach t in array array['audit_chain', 'audit_head', 'audit_setting'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
  end loop;
  foreach t in array array['audit_entry', 'audit_chain', 'audit_head'] loop
    execute format('create policy keeper on %I to loopstart_resolver using (true) with check (true)', t);
  end loop;
end $$;
-- The application appends and reads. All else goes through the functions below.
grant select on audit_chain to loopstart_app;
grant select, insert on audit_head to loopstart_app;
grant select, insert, update on audit_setting to loopstart_app;
grant select, update, delete on audit_entry to loopstart_resolver;
grant select, insert, update on audit_chain to loopstart_resolver;
grant select, delete on audit_head to loopstart_resolver;
-- What the application writes has a digest, and gets its place from the trigger alone.
create policy chained on audit_entry as restrictive for insert to loopstart_app
  with check (digest is not null and author_commitment is not null and details_commitment is not null and seq is null and previous is null and hash is null);

-- Gives the entries of a transaction their places, in the order in which they were written. The first call chains all.
create function chain_audit_entries() returns trigger language plpgsql security definer as $$
declare
  at_seq bigint; at_hash bytea; next_hash bytea; entry record;
begin
  if exists (select from audit_entry where id = new.id and seq is not null) then return null; end if;
  select seq, hash into at_seq, at_hash from audit_chain where operator_id = new.operator_id for update;
  if not found then
    insert into audit_chain (operator_id, seq, hash) values (new.operator_id, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    select seq, hash into at_seq, at_hash from audit_chain where operator_id = new.operator_id for update;
  end if;
  for entry in
    select id, digest from audit_entry where id >= new.id and operator_id = new.operator_id and seq is null and digest is not null order by id
  loop
    at_seq := at_seq + 1;
    -- The canonical JSON (RFC 8785) that hashOf in packages/domain hashes, too.
    next_hash := sha256(convert_to(format('{"digest":"%s","previous":"%s","seq":%s}', encode(entry.digest, 'hex'), encode(at_hash, 'hex'), at_seq), 'UTF8'));
    update audit_entry set seq = at_seq, previous = at_hash, hash = next_hash where id = entry.id;
    at_hash := next_hash;
  end loop;
  update audit_chain set seq = at_seq, hash = at_hash where operator_id = new.operator_id;
  return null;
end $$;

-- Deletes the beginning of a chain, at most p_limit entries at once, up to a head that was signed for it. Returns how many.
create function forget_audit_entries(p_operator uuid, p_seq bigint, p_limit integer) returns integer language plpgsql security definer as $$
declare
  cut_seq bigint; cut_hash bytea; deleted integer;
begin
  if p_operator <> all (coalesce(app_operators(), '{}')) then return 0; end if;
  select h.seq, h.hash into cut_seq, cut_hash from audit_head h where h.operator_id = p_operator and h.seq = p_seq and h.reason = 'retention' limit 1;
  if not found then raise exception 'no head was signed for the deletion up to %', p_seq; end if;
  update audit_chain set begins_after = cut_seq, begins_after_hash = cut_hash where operator_id = p_operator and begins_after < cut_seq;
  delete from audit_head where operator_id = p_operator and seq < cut_seq;
  delete from audit_entry where id in (
    select id from audit_entry where operator_id = p_operator and (seq <= cut_seq) order by seq limit p_limit);
  get diagnostics deleted = row_count;
  return deleted;
end $$;

-- Deletes entries of before the chain, at most p_limit at once. Returns how many.
create function forget_unchained_entries(p_operator uuid, p_before timestamptz, p_limit integer) returns integer language plpgsql security definer as $$
declare deleted integer;
begin
  if p_operator <> all (coalesce(app_operators(), '{}')) then return 0; end if;
  delete from audit_entry where id in (
    select id from audit_entry where operator_id = p_operator and seq is null and at < p_before order by at limit p_limit);
  get diagnostics deleted = row_count;
  return deleted;
end $$;

-- Takes the name, the addresses and the details of one person out of the trail. Returns how many entries it changed.
-- What the person is by id stays: it leads to nobody.
create function erase_audit_person(p_operator uuid, p_person uuid) returns integer language plpgsql security definer as $$
declare changed integer;
begin
  if p_operator <> all (coalesce(app_operators(), '{}')) then return 0; end if;
  update audit_entry set
    user_name = case when user_id = p_person then 'erased person' else user_name end,
    address = case when user_id = p_person then null else address end,
    user_agent = case when user_id = p_person then null else user_agent end,
    author_salt = case when user_id = p_person then null else author_salt end,
    -- That somebody was erased stays on record.
    change = case when verb <> 'erase' and subject_id = p_person::text then '{}' else change end,
    before = case when verb <> 'erase' and subject_id = p_person::text then null else before end,
    details_salt = case when verb <> 'erase' and subject_id = p_person::text then null else details_salt end
  where operator_id = p_operator and (
    (user_id = p_person and user_name <> 'erased person')
    or (verb <> 'erase' and split_part(subject_id, '/', 1) = p_person::text and (change <> '{}' or details_salt is not null)));
  get diagnostics changed = row_count;
  return changed;
end $$;

do $$
declare f regprocedure;
begin
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  for f in
    select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
      and p.proname in ('chain_audit_entries', 'forget_audit_entries', 'forget_unchained_entries', 'erase_audit_person')
  loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;

create constraint trigger audit_chain after insert on audit_entry deferrable initially deferred
  for each row when (new.digest is not null) execute function chain_audit_entries();
