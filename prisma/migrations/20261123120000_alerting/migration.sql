-- Outage alerts: alerts and incidents, who is told and how, and everything that was sent.

-- The conditions that are not plainly good, as the engine remembers them (AlertRecord of packages/domain as JSON). Rows
-- of conditions that are good again and do not flap are deleted.
create table alert_memory (
  operator_id uuid not null references operator,
  key text not null,
  record jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (operator_id, key)
) with (fillfactor = 70);

-- Life of an alert: at most one open for each operator and key.
create table alert (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  key text not null,
  incarnation integer not null,
  kind text not null,
  subject_type text not null,
  subject_id text not null,
  customer_id uuid,
  site_id uuid,
  agent_id uuid,
  gateway_id uuid,
  "position" integer,
  line_device_class text,
  severity text not null check (severity in ('info', 'minor', 'major', 'critical')),
  state text not null default 'open' check (state in ('open', 'resolved')),
  -- Event time of its beginning, and when it was noticed.
  since timestamptz not null,
  opened_at timestamptz not null,
  resolved_at timestamptz,
  resolution text,
  -- Why it is not announced (Hold of packages/domain); null when nothing holds it.
  hold jsonb,
  -- Nobody can tell now whether it is still so.
  stale boolean not null default false,
  flapping boolean not null default false,
  evidence jsonb not null,
  incident_id uuid,
  unique (operator_id, id)
);
create unique index alert_open on alert (operator_id, key) where state = 'open';
create index alert_recent on alert (operator_id, opened_at desc, id);
create index alert_incident on alert (incident_id) where incident_id is not null;
create index alert_gateway on alert (gateway_id, state) where gateway_id is not null;

-- An announced root alert with all that it explains; what a person acts on.
create table incident (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  number integer not null,
  root_alert_id uuid not null,
  kind text not null,
  subject_type text not null,
  subject_id text not null,
  title text not null,
  customer_id uuid,
  site_id uuid,
  agent_id uuid,
  gateway_id uuid,
  "position" integer,
  line_device_class text,
  severity text not null check (severity in ('info', 'minor', 'major', 'critical')),
  state text not null default 'open' check (state in ('open', 'resolved')),
  since timestamptz not null,
  announced_at timestamptz not null,
  resolved_at timestamptz,
  resolution text,
  flapping boolean not null default false,
  stale boolean not null default false,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledged_by_name text,
  assigned_to uuid,
  snoozed_until timestamptz,
  -- Matched by a silence when it was announced: shown, nobody told.
  silence_id uuid,
  -- What it explains now: {"gateways": n, "ports": n, "agents": n}.
  affected jsonb not null default '{}',
  -- The escalation policy that took it; null: it reached nobody.
  policy_id uuid,
  last_seq integer not null default 0,
  -- The key for other systems' deduplication: key and incarnation, at most 255 characters.
  dedup_key text not null,
  unique (operator_id, id),
  unique (operator_id, number)
);
create index incident_open on incident (operator_id, announced_at desc) where state = 'open';
create index incident_recent on incident (operator_id, announced_at desc, id);
create index incident_root on incident (root_alert_id);

-- What happened in an incident, by whom. Written and read, never rewritten.
create table incident_entry (
  id bigint generated always as identity primary key,
  operator_id uuid not null references operator,
  incident_id uuid not null,
  at timestamptz not null,
  kind text not null,
  by_name text,
  text text not null,
  data jsonb not null default '{}',
  foreign key (operator_id, incident_id) references incident (operator_id, id)
);
create index incident_entry_incident on incident_entry (incident_id, at, id);

-- What is usual on a line (PortBaseline of packages/domain).
create table port_baseline (
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  "position" integer not null,
  field text not null check (field in ('line_voltage_v', 'loop_current_ma')),
  mean double precision not null,
  deviation double precision not null,
  samples integer not null,
  last_at timestamptz not null,
  primary key (gateway_id, "position", field)
);

-- Thresholds that differ from the catalogue (CONDITIONS of packages/domain).
create table threshold_override (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  kind text not null,
  scope text not null check (scope in ('operator', 'customer', 'site', 'line-device-class', 'port')),
  scope_id text not null default '',
  parameters jsonb not null default '{}',
  off boolean not null default false,
  reason text not null,
  set_by_name text not null,
  set_at timestamptz not null default now(),
  unique (operator_id, kind, scope, scope_id)
);

create table maintenance_window (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  title text not null,
  reason text not null,
  scope text not null check (scope in ('customer', 'site', 'gateway')),
  scope_id uuid not null,
  time_zone text not null,
  -- First beginning, and how long each lasts.
  starts_at timestamptz not null,
  duration_minutes integer not null check (duration_minutes between 1 and 44640),
  -- Null: once. Recurrence of packages/domain.
  recurrence jsonb,
  -- Occurrences left out, or ended early: beginning to end, as ISO text.
  exceptions jsonb not null default '[]',
  ended_at timestamptz,
  created_by_name text not null,
  created_at timestamptz not null default now()
);
create index maintenance_window_operator on maintenance_window (operator_id) where ended_at is null;

create table silence (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  matcher jsonb not null,
  reason text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  created_by_name text not null,
  created_at timestamptz not null default now()
);
create index silence_operator on silence (operator_id, ends_at);

-- A way to tell somebody or something. config holds no secret; secret is AES-256-GCM ciphertext.
create table channel (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  kind text not null check (kind in ('webhook', 'email', 'slack', 'teams', 'pagerduty', 'opsgenie', 'ticket')),
  name text not null,
  config jsonb not null,
  secret bytea,
  -- Webhooks: which messages it takes.
  filters jsonb not null default '{}',
  enabled boolean not null default true,
  disabled_reason text,
  -- Circuit breaker and health (ChannelHealth of packages/domain).
  health jsonb not null default '{}',
  open_until timestamptz,
  failing_since timestamptz,
  fallback_channel_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (operator_id, id)
);
create unique index channel_name on channel (operator_id, lower(name));

-- Signing keys of webhooks; several at once while they are rotated.
create table channel_key (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  channel_id uuid not null,
  algorithm text not null check (algorithm in ('v1', 'v1a')),
  secret bytea not null,
  public_key text,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  foreign key (operator_id, channel_id) references channel (operator_id, id) on delete cascade
);
create index channel_key_channel on channel_key (channel_id);

-- Everything the outside is told, written in the transaction of what it tells.
create table outbox_message (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  type text not null,
  incident_id uuid,
  seq integer not null,
  dedupe_key text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  unique (operator_id, dedupe_key),
  unique (operator_id, id)
);
create index outbox_message_incident on outbox_message (incident_id, seq) where incident_id is not null;
create index outbox_message_recent on outbox_message (operator_id, created_at desc);

-- One message to one channel (and recipient). This row is the truth of its delivery.
create table delivery (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  message_id uuid not null,
  channel_id uuid not null,
  recipient text not null default '',
  -- Deliveries with the same key go out one after the other, by seq.
  ordering_key text not null,
  seq integer not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'delivered', 'failed', 'abandoned')),
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  lease_until timestamptz,
  delivered_at timestamptz,
  last_status integer,
  last_error text,
  -- What the other side calls it: ticket number and the like.
  external_id text,
  replay_of uuid,
  foreign key (operator_id, message_id) references outbox_message (operator_id, id),
  foreign key (operator_id, channel_id) references channel (operator_id, id) on delete cascade
);
create unique index delivery_once on delivery (message_id, channel_id, recipient) where replay_of is null;
-- Of one under way, next_attempt_at is when its lease ends: then it is due again.
create index delivery_due on delivery (channel_id, next_attempt_at) where state in ('pending', 'sending');
create index delivery_order on delivery (ordering_key, seq) where state in ('pending', 'sending');
create index delivery_channel on delivery (channel_id, created_at desc, id);
create index delivery_message on delivery (message_id);

create table delivery_attempt (
  id bigint generated always as identity primary key,
  operator_id uuid not null references operator,
  delivery_id uuid not null references delivery on delete cascade,
  number integer not null,
  at timestamptz not null,
  duration_ms integer not null,
  status integer,
  error text,
  -- At most the first KB, secrets struck out.
  answer text
);
create index delivery_attempt_delivery on delivery_attempt (delivery_id, number);

-- Channels with something to send now, of all operators: where the delivery worker looks first. It steps from channel to
-- channel along the index of what waits, so that channels for which nothing waits cost nothing.
create function resolve_due_channels(p_now timestamptz) returns table (operator_id uuid, channel_id uuid)
  language sql stable security definer as
$$ with recursive waiting as (
     (select d.channel_id from delivery d where d.state in ('pending', 'sending') order by d.channel_id limit 1)
     union all
     select next.channel_id from waiting w cross join lateral (
       select d.channel_id from delivery d where d.state in ('pending', 'sending') and d.channel_id > w.channel_id order by d.channel_id limit 1) next
   )
   select c.operator_id, c.id from waiting w join channel c on c.id = w.channel_id
   where c.enabled and (c.open_until is null or c.open_until <= p_now)
     and exists (select from delivery d where d.channel_id = c.id and d.state in ('pending', 'sending') and d.next_attempt_at <= p_now) $$;

create table policy (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  name text not null,
  ordinal integer not null,
  is_default boolean not null default false,
  match jsonb not null default '{}',
  steps jsonb not null,
  repeat jsonb not null default '{}',
  quiet_hours jsonb,
  digest jsonb,
  updated_at timestamptz not null default now(),
  unique (operator_id, id)
);
create unique index policy_name on policy (operator_id, lower(name));
create unique index policy_default on policy (operator_id) where is_default;

create table schedule (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  name text not null,
  time_zone text not null,
  layers jsonb not null,
  updated_at timestamptz not null default now(),
  unique (operator_id, id)
);
create unique index schedule_name on schedule (operator_id, lower(name));

create table schedule_override (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  schedule_id uuid not null,
  user_id uuid not null references app_user,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  foreign key (operator_id, schedule_id) references schedule (operator_id, id) on delete cascade
);
create index schedule_override_schedule on schedule_override (schedule_id, ends_at);

-- How far the escalation of an incident has come.
create table escalation (
  incident_id uuid primary key,
  operator_id uuid not null references operator,
  policy_id uuid not null,
  raise_message_id uuid not null,
  -- EscalationState of packages/domain.
  state jsonb not null,
  next_at timestamptz,
  stopped text,
  foreign key (operator_id, incident_id) references incident (operator_id, id)
);
create index escalation_due on escalation (next_at) where next_at is not null;

-- Of one that nobody stopped: its severity may change while it waits.
create index escalation_running on escalation (operator_id) where stopped is null;

-- What waits for the next digest.
create table digest_item (
  operator_id uuid not null references operator,
  policy_id uuid not null,
  incident_id uuid not null,
  message_id uuid not null,
  send_at timestamptz not null,
  sent_at timestamptz,
  primary key (policy_id, message_id)
);
create index digest_item_due on digest_item (send_at) where sent_at is null;

-- Operators for which a step, a changed severity or a digest waits to be worked on.
create function resolve_due_escalations(p_now timestamptz) returns table (operator_id uuid)
  language sql stable security definer as
$$ select e.operator_id from escalation e where e.stopped is null and e.next_at <= p_now
   union
   select e.operator_id from escalation e join incident i on i.id = e.incident_id
     where e.stopped is null and i.state = 'open' and e.state ->> 'severity' is distinct from i.severity
       and e.state ->> 'hushed' is distinct from 'true'
   union
   select d.operator_id from digest_item d where d.sent_at is null and d.send_at <= p_now $$;

-- Life sign of an operator's alerting to an outside dead-man service.
create table heartbeat (
  operator_id uuid primary key references operator,
  url bytea not null,
  host text not null,
  every_s integer not null check (every_s between 30 and 86400),
  last_sent_at timestamptz,
  last_status integer,
  last_error text,
  updated_at timestamptz not null default now()
);

-- A runbook that was run on a line: what was looked at, and what followed from it.
create table runbook_run (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  "position" integer not null,
  incident_id uuid,
  symptom text not null,
  state text not null check (state in ('gathering', 'done')),
  started_at timestamptz not null,
  finished_at timestamptz,
  started_by_name text not null,
  action_id uuid,
  line_test jsonb not null,
  -- EvidenceItem and Conclusion of packages/domain.
  evidence jsonb not null,
  conclusion jsonb,
  idempotency_key uuid not null,
  unique (operator_id, idempotency_key),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id),
  foreign key (operator_id, incident_id) references incident (operator_id, id)
);
create index runbook_run_port on runbook_run (gateway_id, "position", started_at desc, id);
create index runbook_run_incident on runbook_run (incident_id, started_at desc) where incident_id is not null;

-- host:port of the site as seen from outside; asked whether it answers when an agent of the site is lost.
alter table site add column probe_address text;

-- When an agent went in good order (null: it is there, or was lost), and when it last told of lost messages.
alter table agent add column stopped_at timestamptz;
alter table agent add column lost_at timestamptz;

-- Alarms and restarts that gateways told of: few among all events, looked through by when they arrived.
create index gateway_event_alarm on gateway_event (operator_id, received_at)
  where kind in ('power-lost', 'power-restored', 'fan-failed', 'fan-restored', 'temperature-high', 'temperature-normal', 'cold-start', 'warm-start');

-- When the detector last judged everything of an operator, and how its own synthetic alert fares.
create table alerting_status (
  operator_id uuid primary key references operator,
  judged_at timestamptz,
  -- Nothing is announced before.
  dispatch_from timestamptz,
  canary_sent_at timestamptz,
  canary_arrived_at timestamptz,
  canary_nonce text,
  -- When somebody was told by the second way that it stays away; null: it does not.
  canary_told_at timestamptz
);

do $$
declare t text;
begin
  foreach t in array array['alert_memory', 'alert', 'incident', 'incident_entry', 'port_baseline', 'threshold_override', 'maintenance_window', 'silence',
    'channel', 'channel_key', 'outbox_message', 'delivery', 'delivery_attempt', 'policy', 'schedule', 'schedule_override', 'escalation', 'digest_item', 'heartbeat', 'runbook_run', 'alerting_status']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
  end loop;
end $$;
revoke update, delete on incident_entry from loopstart_app;

-- The resolver reads these tables past their tenants, through its functions alone.
do $$
declare t text; f regprocedure;
begin
  foreach t in array array['channel', 'delivery', 'escalation', 'incident', 'digest_item'] loop
    execute format('create policy resolver on %I for select to loopstart_resolver using (true)', t);
    execute format('grant select on %I to loopstart_resolver', t);
  end loop;
  execute format('grant create on schema %I to loopstart_resolver', current_schema());
  foreach f in array array['resolve_due_channels(timestamptz)'::regprocedure, 'resolve_due_escalations(timestamptz)'::regprocedure] loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
