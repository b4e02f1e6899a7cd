-- Where an operator has its audit trail sent, and how far it came. There is no outbox: the chain is complete and in order, so
-- the place of the last entry that was received is all that is stored.
create table audit_stream (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  name text not null,
  kind text not null check (kind in ('webhook', 'syslog')),
  target text not null,
  secret bytea not null,
  paused boolean not null default false,
  position bigint not null check (position >= 0),
  lost bigint not null default 0,
  created_at timestamptz not null default now(),
  last_sent_at timestamptz,
  failures integer not null default 0,
  last_error text,
  last_error_at timestamptz,
  next_try_at timestamptz,
  lease_by uuid,
  lease_until timestamptz
);
create index audit_stream_of on audit_stream (operator_id);

alter table audit_stream enable row level security;
alter table audit_stream force row level security;
create policy tenant on audit_stream to loopstart_app
  using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
grant select, insert, update, delete on audit_stream to loopstart_app;

-- Streams of any operator with entries to send now, which no process sends.
create function resolve_due_audit_streams(p_now timestamptz) returns table (operator_id uuid, stream_id uuid)
  language sql stable security definer as
$$ select s.operator_id, s.id from audit_stream s join audit_chain c on c.operator_id = s.operator_id
   where not s.paused and s.position < c.seq and (s.next_try_at is null or s.next_try_at <= p_now) and (s.lease_until is null or s.lease_until <= p_now)
   order by s.last_sent_at nulls first $$;

create policy resolver on audit_stream for select to loopstart_resolver using (true);
grant select on audit_stream to loopstart_resolver;
do $$
declare f regprocedure := 'resolve_due_audit_streams(timestamptz)';
begin
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
  execute format('alter function %s owner to loopstart_resolver', f);
  execute format('revoke all on function %s from public', f);
  execute format('grant execute on function %s to loopstart_app', f);
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
