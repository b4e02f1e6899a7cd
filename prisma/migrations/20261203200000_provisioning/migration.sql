-- Provisioning by SCIM: tokens that belong to a connection, and the people and groups that its directory has sent.

-- A token of provisioning works for SCIM alone, with the rules of its connection.
alter table api_token drop constraint api_token_kind_check;
alter table api_token add constraint api_token_kind_check check (kind in ('token', 'oauth-client', 'provisioning'));
alter table api_token add column connection_id uuid;
-- A connection that is removed leaves a token that belongs to none, and opens nothing.
alter table api_token add constraint api_token_connection foreign key (operator_id, connection_id)
  references sso_connection (operator_id, id) on delete set null (connection_id);
create index api_token_connection on api_token (connection_id) where connection_id is not null;

-- A person of a directory. They are a member once a role is theirs.
create table scim_user (
  id uuid primary key,
  operator_id uuid not null references operator,
  connection_id uuid not null,
  user_name text not null,
  external_id text,
  display_name text,
  given_name text,
  family_name text,
  formatted_name text,
  -- As the directory sent them: value, type, primary.
  emails jsonb not null,
  -- The address by which an account is found; null: none was sent.
  email text,
  -- What the directory wants.
  active boolean not null,
  -- The member that they are; null: not yet.
  user_id uuid references app_user,
  -- Why they do not come in; null: they do, or the directory does not want it.
  refusal text,
  -- When provisioning ended the membership: what a colleague ended, it does not bring back.
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- A deleted one has no attributes any more. The row stays, so that the same directory can bring the member back.
  deleted_at timestamptz,
  unique (operator_id, id),
  foreign key (operator_id, connection_id) references sso_connection (operator_id, id) on delete cascade
);
create unique index scim_user_name on scim_user (connection_id, lower(user_name)) where deleted_at is null;
create unique index scim_user_external on scim_user (connection_id, external_id) where deleted_at is null;
create unique index scim_user_member on scim_user (connection_id, user_id);
create index scim_user_page on scim_user (connection_id, created_at, id) where deleted_at is null;
create index scim_user_of on scim_user (user_id);

create table scim_group (
  id uuid primary key,
  operator_id uuid not null references operator,
  connection_id uuid not null,
  display_name text not null,
  external_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (operator_id, id),
  foreign key (operator_id, connection_id) references sso_connection (operator_id, id) on delete cascade
);
create unique index scim_group_name on scim_group (connection_id, lower(display_name));
create unique index scim_group_external on scim_group (connection_id, external_id);

create table scim_group_member (
  operator_id uuid not null references operator,
  group_id uuid not null,
  scim_user_id uuid not null,
  primary key (group_id, scim_user_id),
  foreign key (operator_id, group_id) references scim_group (operator_id, id) on delete cascade,
  foreign key (operator_id, scim_user_id) references scim_user (operator_id, id) on delete cascade
);
create index scim_group_member_user on scim_group_member (scim_user_id);

do $$
declare t text;
begin
  foreach t in array array['scim_user', 'scim_group', 'scim_group_member'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant on %I to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]))', t);
    execute format('grant select, insert, update, delete on %I to loopstart_app', t);
  end loop;
end $$;
-- They are about the whole operator: a directory has its whole scope.
create policy scope on scim_group as restrictive to loopstart_app using ((select app_whole()));
create policy scope on scim_group_member as restrictive to loopstart_app using ((select app_whole()));
create policy scope on scim_user as restrictive to loopstart_app using ((select app_whole()));
