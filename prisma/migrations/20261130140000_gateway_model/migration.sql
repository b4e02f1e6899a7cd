-- A model that is not known is null, and has a reason. Agents before had a text for it, of which the reason is told by
-- what the gateway reported beside it, as `knownModel` of packages/domain decides it.
alter table gateway alter column model drop not null, add column model_reason text;

-- An owner that is no superuser is bound by forced row security.
alter table gateway no force row level security;
update gateway
set model = null,
  model_reason = case when coalesce(sys_object_id, sys_descr, sys_name) is null then 'not-reported' else 'unknown-hardware' end
where model = 'unknown model';
alter table gateway force row level security;

-- The version before, which may still run, writes a model without a reason; none ever writes neither.
alter table gateway add constraint gateway_model_or_reason check (model is not null or model_reason is not null);
