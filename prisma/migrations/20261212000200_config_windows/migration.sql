-- A job that did not begin in its maintenance window waits for the next one, until its own expiry.
alter table config_job
  add column window_until timestamptz,
  -- As its agent reported it last.
  add column known_window timestamptz;
