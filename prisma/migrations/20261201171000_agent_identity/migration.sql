-- Certificates of a week: which was used last, which agents want back, and which agent replaced which.

-- Used: an agent connected with it. Superseded: a later one of its agent was used since, so that whoever has this one is
-- behind: a copy, or a restored backup.
alter table agent_certificate
  add column used_at timestamptz,
  add column superseded_at timestamptz;

alter table agent
  -- Certificates that were issued before this are to be renewed now; null: as planned.
  add column renew_issued_before timestamptz,
  -- The agent that took over its gateways, targets and settings; it was revoked in the same transaction.
  add column replaced_by uuid,
  -- The time in the newest challenge that it answered: an older one, or the same again, is a replay.
  add column return_challenge_at timestamptz,
  add constraint agent_replaced_by foreign key (operator_id, replaced_by) references agent (operator_id, id);

-- The agent that the new one takes the place of; null: it is an additional one.
alter table enrolment_token
  add column replaces_agent_id uuid,
  add constraint enrolment_token_replaces foreign key (operator_id, replaces_agent_id) references agent (operator_id, id);

-- Agents that proved an old key and need a person's approval: one row for each such key, so that a copy hides nobody.
create table agent_return (
  agent_id uuid not null,
  operator_id uuid not null references operator,
  -- SHA-256 of the public key (SubjectPublicKeyInfo), lower-case hexadecimal: the decision is about this key alone.
  key_sha256 text not null,
  reason text not null,
  address text not null,
  hostname text not null,
  version text not null,
  expired_at timestamptz not null,
  first_asked_at timestamptz not null,
  last_asked_at timestamptz not null,
  -- Null: nobody has decided yet.
  approved boolean,
  decided_at timestamptz,
  decided_by_name text,
  primary key (agent_id, key_sha256),
  foreign key (operator_id, agent_id) references agent (operator_id, id)
);
alter table agent_return enable row level security;
alter table agent_return force row level security;
create policy tenant on agent_return to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
create policy scope on agent_return as restrictive to loopstart_app using ((select app_whole()) or exists (select from agent a where a.id = agent_id));
grant select, insert, update, delete on agent_return to loopstart_app;

-- What is known of a certificate before its operator is. The former look-up stays for the version before.
do $$ begin execute format('grant create on schema %I to loopstart_resolver', current_schema()); end $$;
create function resolve_agent_certificate(p_serial text)
  returns table (agent_id uuid, operator_id uuid, revoked boolean, used boolean, superseded boolean)
  language sql stable security definer as
$$ select c.agent_id, c.operator_id, c.revoked_at is not null or a.revoked_at is not null, c.used_at is not null, c.superseded_at is not null
   from agent_certificate c join agent a on a.id = c.agent_id where c.serial = p_serial $$;

-- With superseded ones: an external broker has no other way to refuse them. `must`: its list may not wait for its daily renewal.
create function resolve_refused_certificates(p_now timestamptz) returns table (serial text, refused_at timestamptz, must boolean)
  language sql stable security definer as
$$ select c.serial, coalesce(c.revoked_at, a.revoked_at, c.superseded_at),
     c.revoked_at is not null or a.revoked_at is not null or a.identity_conflict_at is not null
   from agent_certificate c join agent a on a.id = c.agent_id
   where (c.revoked_at is not null or a.revoked_at is not null or c.superseded_at is not null) and c.not_after > p_now $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['resolve_agent_certificate(text)'::regprocedure, 'resolve_refused_certificates(timestamptz)'::regprocedure] loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;

-- Agents that are connected now use their newest certificate: from here on an older one is behind.
update agent_certificate c set used_at = c.issued_at
where c.issued_at = (select max(o.issued_at) from agent_certificate o where o.agent_id = c.agent_id)
  and exists (select from agent a where a.id = c.agent_id and a.last_seen_at > c.issued_at);
