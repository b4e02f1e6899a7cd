-- How a gateway shows that a line is idle (null: it cannot, or its agent is older), and whether the agent may write to
-- it (null: only trying shows it).
alter table gateway add column idle_evidence text, add column can_write boolean;

-- Why an action was asked although nobody could tell whether the line was idle, and what that lifted; who asked stands in
-- requested_by. The code of a refusal beside its sentence.
alter table action add column override_reason text, add column overrode text, add column reason_code text;
