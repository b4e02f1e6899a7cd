-- The draft into which what a gateway has was adopted last.
alter table config_drift
  add column draft_id uuid,
  add foreign key (operator_id, draft_id) references config_draft (operator_id, id) on delete set null (draft_id);
