-- How fast an address or an account may try to sign in or to enrol, over all API processes. Of no operator: it is asked
-- before the operator is known. Keys are SHA-256 hashes. Not logged: after a crash everybody begins anew.
create unlogged table try_pace (
  key bytea primary key,
  -- When all tries are forgotten: the pace in one number.
  clear_at timestamptz not null
);
create index try_pace_clear_at on try_pace (clear_at);
grant select, insert, update, delete on try_pace to loopstart_app;
