-- Whether a discovery target (an address, a name or an IPv4 range) is one by which an agent reads the gateway at `address`.
-- What is no address at all covers nothing but itself.
create function target_covers(p_target text, p_address text) returns boolean language plpgsql immutable as $$
begin
  if lower(p_target) = lower(p_address) then return true; end if;
  if p_target !~ '/' or p_address ~ '/' then return false; end if;
  return p_address::inet <<= network(p_target::inet);
exception when invalid_text_representation then return false;
end $$;
