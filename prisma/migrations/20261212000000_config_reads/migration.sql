-- A job that reads the running configuration and writes nothing. It belongs to no deployment: the cloud issues it once a day, after a
-- gateway notified that it was changed, and where a person asks for it.
alter table config_job
  alter column deployment_id drop not null,
  add column purpose text not null default 'apply' check (purpose in ('apply', 'read')),
  add column read_cause text check (read_cause in ('daily', 'config-changed', 'asked')),
  -- What it answers: the begin of the daily slot, the time of the event, or that of the question.
  add column read_for timestamptz,
  add check ((purpose = 'read') = (deployment_id is null)),
  add check ((purpose = 'read') = (read_cause is not null and read_for is not null));
-- One at a time for each gateway, and one for each slot, event and question.
create unique index config_job_read_open on config_job (gateway_id)
  where purpose = 'read' and state in ('waiting', 'applying', 'applied-unconfirmed');
create unique index config_job_read_for on config_job (gateway_id, read_cause, read_for) where purpose = 'read';
