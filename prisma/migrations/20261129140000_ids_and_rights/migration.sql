-- Ids made from a name are UUIDs of version 8 (RFC 9562, section 5.8): 122 bits of an MD5, with version and variant set.
-- A bare md5()::uuid has neither, and the API's contract refuses it.
create function name_uuid(p_name text) returns uuid language sql immutable parallel safe as
$$ select overlay(overlay(md5(p_name) placing '8' from 13 for 1)
     placing to_hex((get_byte(decode(md5(p_name), 'hex'), 8) >> 4 & 3) | 8) from 17 for 1)::uuid $$;
revoke all on function name_uuid(text) from public;
grant execute on function name_uuid(text) to loopstart_app;

-- Events of data losses that were stored with such an id get the one the same loss has from now on.
-- An owner that is no superuser is bound by forced row security.
alter table gateway_event no force row level security;
update gateway_event
set id = overlay(overlay(replace(id::text, '-', '') placing '8' from 13 for 1)
  placing to_hex((get_byte(uuid_send(id), 8) >> 4 & 3) | 8) from 17 for 1)::uuid
where substr(id::text, 15, 1) not in ('1', '2', '3', '4', '5', '6', '7', '8') or substr(id::text, 20, 1) not in ('8', '9', 'a', 'b');
alter table gateway_event force row level security;

-- Dropping telemetry is the owner's: who gets into the application must not be able to delete history.
revoke all on function drop_partitions_before(text, timestamptz) from loopstart_app;
