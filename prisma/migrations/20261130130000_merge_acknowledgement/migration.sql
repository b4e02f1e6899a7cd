-- Which agents go by which merge of two gateways: they name the one that is left.
create table merge_acknowledgement (
  operator_id uuid not null references operator,
  agent_id uuid not null,
  gateway_id uuid not null,
  acknowledged_at timestamptz not null,
  primary key (agent_id, gateway_id),
  foreign key (operator_id, agent_id) references agent (operator_id, id),
  foreign key (operator_id, gateway_id) references gateway (operator_id, id)
);
alter table merge_acknowledgement enable row level security;
alter table merge_acknowledgement force row level security;
create policy tenant on merge_acknowledgement to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
grant select, insert, update, delete on merge_acknowledgement to loopstart_app;

-- Looked through with each batch of messages, and for each agent that may have to learn of a merge.
create index gateway_merged on gateway (operator_id, site_id) include (id, successor_id) where retired_because = 'merged';
