-- Signed ends of the provider's trail, once a day: without them whoever may write to the database could write the whole chain
-- anew. The key that signs is that of the operators' heads.
create table provider_head (
  seq bigint primary key,
  hash bytea not null,
  at timestamptz not null,
  key_id text not null,
  signature bytea not null
);
alter table provider_head enable row level security;
alter table provider_head force row level security;
create policy keeper on provider_head to loopstart_resolver using (true) with check (true);
grant select, insert on provider_head to loopstart_resolver;

-- The end of the trail, and until where and when it was signed; no row where it is empty.
create function resolve_provider_end() returns table (seq bigint, hash text, signed_seq bigint, signed_at timestamptz)
  language sql stable security definer as
$$ select e.seq, encode(e.hash, 'hex'), h.seq, h.at from (select * from provider_entry order by seq desc limit 1) e
   left join lateral (select * from provider_head order by seq desc limit 1) h on true $$;

-- Keeps a head that says what the trail says; of several at once the first.
create function provider_keep_head(p_seq bigint, p_hash text, p_at timestamptz, p_key_id text, p_signature bytea) returns void
  language sql security definer as
$$ insert into provider_head select e.seq, e.hash, p_at, p_key_id, p_signature from provider_entry e
   where e.seq = p_seq and e.hash = decode(p_hash, 'hex') on conflict do nothing $$;

create function provider_heads() returns table (seq bigint, hash text, at timestamptz, key_id text, signature bytea)
  language plpgsql stable security definer as $$
begin
  perform provider_caller();
  return query select h.seq, encode(h.hash, 'hex'), h.at, h.key_id, h.signature from provider_head h order by h.seq;
end $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_provider_end', 'provider_keep_head', 'provider_heads') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
