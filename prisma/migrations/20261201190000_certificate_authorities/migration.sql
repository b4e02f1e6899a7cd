-- The certificate authorities of the installation: one is current and signs; while it is replaced, the next one or the
-- former one is trusted beside it. The API moves the one that was a secret of the installation here when it starts.
create table certificate_authority (
  id uuid primary key,
  state text not null check (state in ('next', 'current', 'former', 'withdrawn')),
  certificate_pem text not null,
  -- The private key, sealed; null: destroyed with the withdrawal.
  key bytea,
  introduced_at timestamptz not null,
  -- Since when it is in this state.
  since timestamptz not null,
  check ((state = 'withdrawn') = (key is null))
);
create unique index certificate_authority_state on certificate_authority (state) where state <> 'withdrawn';
grant select, insert, update on certificate_authority to loopstart_app;
-- The copy of the first one for the version before is removed with its withdrawal.
grant delete on installation_secret to loopstart_app;

-- Which authority signed it; null: the first one.
alter table agent_certificate add column authority_id uuid;
