-- What a gateway and a port are, whatever stands where: stable port keys, retired gateways and those that succeed them,
-- archived customers and sites.

-- Stays with the port when the gateway renumbers its rows; null: told by an agent before 0.2.
alter table port add column port_key text;
-- The agent's number of each port to ours, where they differ; see port-numbers.ts.
alter table gateway add column wire_positions jsonb;
alter table gateway add column engine_id text;
-- How the agent knows it: {"basis", "conflict"} of the contract.
alter table gateway add column identity jsonb;

-- Out of service: kept for its history, watched and counted no more.
alter table gateway add column retired_at timestamptz;
alter table gateway add column retired_by_name text;
alter table gateway add column retired_because text check (retired_because in ('retired', 'replaced', 'merged'));
alter table gateway add column retired_note text;
-- The gateway that took over from it.
alter table gateway add column successor_id uuid;
alter table gateway add foreign key (operator_id, successor_id) references gateway (operator_id, id);
create index gateway_successor on gateway (operator_id, successor_id) where successor_id is not null;

-- Another gateway answers at its address: an operator says whether that one replaces it.
alter table gateway add column displaced_by uuid;
alter table gateway add column displaced_at timestamptz;
-- An operator said that it does not.
alter table gateway add column displaced_kept_at timestamptz;
-- No discovery target of its agent covers its address any more.
alter table gateway add column target_removed_at timestamptz;

-- What a line was before: the history of (gateway_id, position) goes on from that of (of_gateway_id, of_position).
create table port_predecessor (
  operator_id uuid not null references operator,
  gateway_id uuid not null,
  "position" integer not null,
  of_gateway_id uuid not null,
  of_position integer not null,
  primary key (gateway_id, "position", of_gateway_id, of_position),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id),
  foreign key (operator_id, of_gateway_id) references gateway (operator_id, id)
);
alter table port_predecessor enable row level security;
alter table port_predecessor force row level security;
create policy tenant on port_predecessor to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
grant select, insert, update, delete on port_predecessor to loopstart_app;

-- A gateway and those it took over from, itself first.
create function gateway_lineage(p_gateway uuid) returns uuid[] language sql stable as
$$ with recursive line as (
     select p_gateway as id, 0 as depth
     union
     select g.id, l.depth + 1 from gateway g join line l on g.successor_id = l.id where l.depth < 32)
   select array_agg(id order by depth) from line $$;

alter table customer add column archived_at timestamptz;
alter table site add column archived_at timestamptz;
drop index customer_name;
create unique index customer_name on customer (operator_id, lower(name)) where archived_at is null;
drop index site_name;
create unique index site_name on site (operator_id, customer_id, lower(name)) where archived_at is null;

-- Counts the changes of alert_memory by others than the leader of the alerting, which then reads it anew.
alter table alerting_status add column memory_revision bigint not null default 0;
