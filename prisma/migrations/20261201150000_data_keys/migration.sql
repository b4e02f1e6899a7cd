-- Envelope encryption: the keys that seal secrets, themselves encrypted (wrapped) under a master key that is not in the
-- database. One key of an operator is current, its former ones open what was sealed with them until it is sealed again.
-- No foreign key to the operator: a key is made on a connection of its own, while the operator may not be committed yet.
create table data_key (
  id uuid primary key,
  operator_id uuid not null,
  master_key_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  -- When another one took its place; null: the current one.
  former_since timestamptz
);
create unique index data_key_current on data_key (operator_id) where former_since is null;
create index data_key_operator on data_key (operator_id);
alter table data_key enable row level security;
alter table data_key force row level security;
create policy tenant on data_key to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
grant select, insert, update, delete on data_key to loopstart_app;

-- The same for the secrets of the installation itself, which no operator owns.
create table installation_key (
  id uuid primary key,
  master_key_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  former_since timestamptz
);
create unique index installation_key_current on installation_key ((true)) where former_since is null;
grant select, insert, update, delete on installation_key to loopstart_app;
