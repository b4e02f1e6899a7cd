-- Which of the changed keys are worse than others: GraveKey of the domain, a list.
alter table config_drift add column grave_keys jsonb not null default '[]';
-- The newest end of a change of each gateway.
create index config_job_ended on config_job (gateway_id, since desc)
  where purpose = 'apply' and state in ('confirmed', 'reverted', 'failed');
