-- Whoever began the deployment accepts that gateways which show no registrations are judged by the read-back alone.
alter table config_deployment add column accepts_read_back boolean not null default false;
