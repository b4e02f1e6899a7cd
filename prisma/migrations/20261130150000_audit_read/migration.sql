-- The audit trail can be read: what was there before a change, the newest first, and what happened to one thing.
-- Null: it was not recorded, as for all entries before this one.
alter table audit_entry add column before jsonb;
drop index audit_entry_at;
create index audit_entry_at on audit_entry (operator_id, at desc, id desc);
-- A line is "gateway/position": what happened to a gateway's lines is found with the gateway.
create index audit_entry_subject on audit_entry (operator_id, split_part(subject_id, '/', 1), at desc, id desc);
