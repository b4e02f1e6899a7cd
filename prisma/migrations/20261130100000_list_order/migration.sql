-- Lists are sorted by the database on every column, so what they sort by is stored in the order that people expect:
-- capitals beside small letters, and "Line 2" before "Line 10". Digits are filled up to 20, which no number of a line
-- exceeds; compared byte by byte, because a language's rules cost ten times as much and differ between systems.
create function natural_key(p_text text) returns text language sql immutable parallel safe strict as
$$ select regexp_replace(regexp_replace(lower(p_text), '(\d+)', '0000000000000000000\1', 'g'), '\d*(\d{20})', '\1', 'g') $$;
revoke all on function natural_key(text) from public;
grant execute on function natural_key(text) to loopstart_app;

alter table customer add column name_key text collate "C" generated always as (natural_key(name)) stored;
alter table site add column name_key text collate "C" generated always as (natural_key(name)) stored;
alter table gateway
  add column name_key text collate "C" generated always as (natural_key(coalesce(name, sys_name, vendor || ' ' || model))) stored,
  add column firmware_key text collate "C" generated always as (natural_key(firmware)) stored;
create index gateway_name on gateway (operator_id, name_key, id) where retired_at is null;

-- A line is called by its label, by the name its gateway gives it, or by its place. No number is the empty text.
alter table port
  add column title_key text collate "C"
    generated always as (natural_key(coalesce(nullif(label, ''), nullif(name, ''), 'Port ' || "position"))) stored,
  add column number_key text collate "C" generated always as (natural_key(coalesce(number, reported_number, ''))) stored;

create index port_title on port (operator_id, title_key, gateway_id, "position") where removed_at is null;
create index port_number on port (operator_id, number_key, gateway_id, "position") where removed_at is null;
create index port_device on port (operator_id, line_device_class, gateway_id, "position") where removed_at is null;
