-- Which second factors an operator accepts; policies of before accept all.
alter table sign_in_policy add column accepts text[] not null default '{totp,passkey,passkey-alone}'
  check (accepts <@ '{totp,passkey,passkey-alone}' and cardinality(accepts) > 0);

-- Which second factors the members of the transaction's operator have. Takes the place of resolve_factor_holders, which the
-- version before calls.
create function resolve_member_factors(p_operator uuid) returns table (user_id uuid, has_totp boolean, has_passkey boolean)
  language sql stable security definer as
$$ select u.id, exists (select from account_totp t where t.account_id = u.account_id and t.confirmed_at is not null),
     exists (select from passkey k where k.account_id = u.account_id)
   from app_user u where u.operator_id = p_operator and p_operator = any (app_operators()::uuid[]) $$;

do $$
declare f regprocedure := 'resolve_member_factors(uuid)'::regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
  execute format('alter function %s owner to loopstart_resolver', f);
  execute format('revoke all on function %s from public', f);
  execute format('grant execute on function %s to loopstart_app', f);
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
