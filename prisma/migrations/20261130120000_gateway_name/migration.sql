-- What a gateway is called: the name an operator gave it, else the one it reports, else what it is. One function, so that
-- lists, messages and what lists are sorted by say the same. A plain SQL expression, which the planner takes over into
-- each statement: lists of the whole fleet read no slower. No vendor is no gateway (an outer join), and has no name.
create function gateway_name(p_name text, p_sys_name text, p_vendor text, p_model text) returns text
language sql immutable parallel safe as
$$ select coalesce(p_name, p_sys_name, p_vendor || ' ' || coalesce(p_model, 'gateway')) $$;
revoke all on function gateway_name(text, text, text, text) from public;
grant execute on function gateway_name(text, text, text, text) to loopstart_app;

-- The index by name goes with the column that is made anew.
alter table gateway drop column name_key;
alter table gateway add column name_key text collate "C"
  generated always as (natural_key(gateway_name(name, sys_name, vendor, model))) stored;
create index gateway_name on gateway (operator_id, name_key, id) where retired_at is null;
