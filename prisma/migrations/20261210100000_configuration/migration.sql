-- The configuration of gateways: what is set at which place, from which revision to which; drafts, deployments and what
-- gateways were read to have (docs/decisions, "Configuration is rows with a span of revisions").

create table config_policy (
  operator_id uuid primary key references operator,
  needs_other_person boolean not null,
  changed_by_name text not null,
  changed_at timestamptz not null
);

create table config_draft (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  name text not null,
  state text not null default 'open' check (state in ('open', 'published', 'discarded')),
  created_by_name text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  revision integer,
  unique (operator_id, id),
  check ((state = 'published') = (revision is not null))
);
create index config_draft_operator on config_draft (operator_id, created_at desc, id desc);

-- A revision is what is in force at its number. It has no content of its own: see config_entry.
create table config_revision (
  operator_id uuid not null references operator,
  number integer not null check (number >= 1),
  draft_id uuid,
  name text not null,
  published_by_name text not null,
  published_at timestamptz not null,
  reason text not null,
  editors text[] not null,
  changes integer not null,
  overrides jsonb not null default '[]',
  rolled_back_to integer,
  primary key (operator_id, number),
  foreign key (operator_id, draft_id) references config_draft (operator_id, id)
);

-- One setting, variable or dial plan of one place: an edit of a draft until it is published, then in force from a revision until
-- another replaces it. Once published nothing but the end is written. A published reset is never in force.
create table config_entry (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  -- placeKey of the domain.
  place text not null,
  layer text not null check (layer in ('operator', 'customer', 'site', 'gateway-model', 'gateway', 'port')),
  customer_id uuid,
  site_id uuid,
  gateway_id uuid,
  "position" integer,
  vendor text,
  model text,
  kind text not null check (kind in ('setting', 'variable', 'dial-plan')),
  name text not null,
  device_class text,
  action text not null check (action in ('set', 'unmanage', 'reset')),
  value jsonb,
  -- Sealed; then value is null.
  secret bytea,
  is_sealed boolean not null,
  author_id uuid,
  author_name text not null,
  at timestamptz not null,
  -- Null: brought back from a former revision.
  draft_id uuid,
  -- The entry in force that the author saw; null: none.
  base_id uuid,
  from_revision integer,
  until_revision integer,
  foreign key (operator_id, draft_id) references config_draft (operator_id, id),
  foreign key (operator_id, customer_id) references customer (operator_id, id),
  foreign key (operator_id, site_id) references site (operator_id, id),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id),
  check ((layer = 'customer') = (customer_id is not null)),
  check ((layer = 'site') = (site_id is not null)),
  check ((layer in ('gateway', 'port')) = (gateway_id is not null)),
  check ((layer = 'port') = ("position" is not null)),
  check ((layer = 'gateway-model') = (vendor is not null and model is not null)),
  check (value is null or secret is null),
  check (action = 'set' or (value is null and secret is null)),
  check (draft_id is not null or from_revision is not null),
  check (until_revision is null or until_revision >= from_revision)
);
create unique index config_entry_in_force on config_entry (operator_id, place, kind, name, (coalesce(device_class, '')))
  where from_revision is not null and until_revision is null;
create unique index config_entry_edit on config_entry (draft_id, place, kind, name, (coalesce(device_class, ''))) where from_revision is null;
create index config_entry_from on config_entry (operator_id, from_revision);
create index config_entry_until on config_entry (operator_id, until_revision);
create index config_entry_gateway on config_entry (gateway_id) where gateway_id is not null;

create table config_deployment (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  revision integer not null,
  mode text not null check (mode in ('now', 'window', 'stepwise')),
  state text not null default 'running' check (state in ('running', 'stopped', 'cancelled', 'over')),
  state_reason text,
  stop_on_failure boolean not null,
  reason text not null,
  started_by_name text not null,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  gateways integer not null,
  unique (operator_id, id),
  foreign key (operator_id, revision) references config_revision (operator_id, number)
);
create index config_deployment_operator on config_deployment (operator_id, started_at desc, id desc);
create index config_deployment_running on config_deployment (operator_id) where state = 'running';

-- One change of one gateway. The agent carries it out once and reports it under this id.
create table config_job (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  deployment_id uuid not null,
  gateway_id uuid not null,
  ordinal integer not null,
  revision integer not null,
  -- Gateways that stand in for each other: never two of them at once.
  group_name text,
  peers uuid[] not null default '{}',
  -- What is written, with its secrets: sealed.
  payload bytea not null,
  life_safety_confirmed boolean not null,
  override_reason text,
  state text not null check (state in ('waiting', 'applying', 'applied-unconfirmed', 'confirmed', 'reverted', 'failed')),
  since timestamptz not null,
  reason text,
  detail text,
  holds text not null check (holds in ('before', 'after', 'unknown')),
  verdict text,
  differences jsonb not null default '[]',
  differences_total integer not null default 0,
  -- When it became due; null: it waits here.
  released_at timestamptz,
  -- The agent's time of its newest report.
  reported_at timestamptz,
  withdrawn_at timestamptz,
  expires_at timestamptz not null,
  unique (deployment_id, gateway_id),
  foreign key (operator_id, deployment_id) references config_deployment (operator_id, id),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);
create index config_job_since on config_job (operator_id, since desc, id desc);
create index config_job_gateway on config_job (gateway_id, since desc);
create index config_job_open on config_job (gateway_id) where state in ('waiting', 'applying', 'applied-unconfirmed');

-- A configuration that a gateway ran. The text has secrets, so it is sealed; null where it was too large to be sent.
create table running_config (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  job_id uuid not null references config_job on delete cascade,
  moment text not null check (moment in ('before', 'after', 'reverted')),
  format text not null,
  -- Of its settings in canonical form, secrets left out.
  fingerprint text not null,
  firmware text,
  bytes integer not null,
  text bytea,
  first_read_at timestamptz not null,
  last_read_at timestamptz not null,
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);
create index running_config_gateway on running_config (gateway_id, last_read_at desc, id desc);

-- A gateway that was read to have other values than were confirmed.
create table config_drift (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  job_id uuid not null references config_job on delete cascade,
  found_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'ignored', 'overwritten', 'gone')),
  -- ConfigKeyChange of the contract, a list without values of secrets.
  keys jsonb not null,
  keys_total integer not null,
  reason text,
  until timestamptz,
  decided_by_name text,
  decided_at timestamptz,
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);
create unique index config_drift_standing on config_drift (gateway_id) where state in ('open', 'ignored');
create index config_drift_found on config_drift (operator_id, found_at desc, id desc);

-- How a gateway is reached for a change: ConfigAccess of the contract, sealed.
create table config_access (
  gateway_id uuid primary key,
  operator_id uuid not null references operator,
  access bytea not null,
  -- What may be shown of it: the name of the user, and which passwords are set.
  shown jsonb not null,
  set_by_name text not null,
  set_at timestamptz not null,
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['config_policy', 'config_draft', 'config_revision', 'config_entry', 'config_deployment', 'config_job', 'running_config',
    'config_drift', 'config_access']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
  end loop;
  -- Of a gateway.
  foreach t in array array['config_job', 'running_config', 'config_drift', 'config_access'] loop
    execute format('create policy scope on %I as restrictive to loopstart_app using ((select app_whole()) or exists (select from gateway g where g.id = gateway_id))', t);
  end loop;
end $$;

-- Everybody sees what holds for all gateways or for a model, because it holds for theirs; only who works for the whole operator
-- changes it.
create policy scope on config_entry as restrictive for select to loopstart_app using (
  (select app_whole())
  or layer in ('operator', 'gateway-model')
  or customer_id in (select * from app_customers())
  or site_id in (select * from app_sites())
  or gateway_id in (select * from app_gateways())
);
create function app_may_configure(p_customer uuid, p_site uuid, p_gateway uuid) returns boolean language sql stable as
$$ select case
     when p_customer is not null then p_customer = any (app_scope_ids('customerIds'))
     when p_site is not null then exists (select from site where id = p_site)
     when p_gateway is not null then exists (select from gateway where id = p_gateway)
     else false end $$;
create policy scope_insert on config_entry as restrictive for insert to loopstart_app
  with check ((select app_whole()) or app_may_configure(customer_id, site_id, gateway_id));
create policy scope_update on config_entry as restrictive for update to loopstart_app
  using ((select app_whole()) or app_may_configure(customer_id, site_id, gateway_id));
create policy scope_delete on config_entry as restrictive for delete to loopstart_app
  using ((select app_whole()) or app_may_configure(customer_id, site_id, gateway_id));
