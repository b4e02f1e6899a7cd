-- That an operator owns a domain: a TXT record with a token of its own was seen. It is of the operator and the domain,
-- whichever of its connections names it.
create table sso_domain (
  operator_id uuid not null references operator,
  domain text not null,
  -- What the record holds. No secret: everybody can read the record.
  token text not null,
  state text not null check (state in ('pending', 'proven', 'lost')),
  since timestamptz not null,
  absent_since timestamptz,
  absent_last timestamptz,
  absent_times integer not null default 0,
  -- Until when a domain of before this migration counts without a proof.
  counts_until timestamptz,
  -- What the last look-up saw; null: there was none.
  last_lookup text check (last_lookup in ('seen', 'absent', 'no-answer')),
  checked_at timestamptz,
  check_due_at timestamptz not null,
  primary key (operator_id, domain),
  check ((absent_since is null) = (absent_last is null) and (absent_since is null) = (absent_times = 0))
);
-- One owner of a domain among all operators.
create unique index sso_domain_owner on sso_domain (domain) where state = 'proven';
create index sso_domain_due on sso_domain (check_due_at);

-- Domains of before count for 30 days without a proof, and are looked up at once.
alter table sso_connection no force row level security;
insert into sso_domain (operator_id, domain, token, state, since, counts_until, check_due_at)
select distinct c.operator_id, d, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'pending', now(), now() + interval '30 days', now()
from sso_connection c cross join lateral unnest(c.domains) d;
alter table sso_connection force row level security;

alter table sso_domain enable row level security;
alter table sso_domain force row level security;
create policy tenant on sso_domain to loopstart_app using (operator_id = any ((select app_operators())::uuid[])) with check (operator_id = any ((select app_operators())::uuid[]));
create policy resolver on sso_domain for select to loopstart_resolver using (true);
grant select, insert, update, delete on sso_domain to loopstart_app;
grant select on sso_domain to loopstart_resolver;
create policy scope on sso_domain as restrictive to loopstart_app using ((select app_whole()));

-- Whether another operator has proven the domain.
create function resolve_sso_domain_taken(p_operator uuid, p_domain text) returns boolean language sql stable security definer as
$$ select exists (select from sso_domain d where d.domain = p_domain and d.state = 'proven' and d.operator_id <> p_operator) $$;

-- Domains to look up, of all operators.
create function resolve_sso_domains_due(p_at timestamptz, p_limit integer)
  returns table (operator_id uuid, domain text) language sql stable security definer as
$$ select d.operator_id, d.domain from sso_domain d where d.check_due_at <= p_at order by d.check_due_at limit p_limit $$;

-- The active connections that are offered to people of a domain: of its owner, or while nobody is, of those of before.
create function resolve_sso_offers(p_domain text, p_at timestamptz)
  returns table (id uuid, operator_id uuid, name text, operator_name text) language sql stable security definer as
$$ select c.id, c.operator_id, c.name, o.name
   from sso_domain d join sso_connection c on c.operator_id = d.operator_id and d.domain = any (c.domains)
   join operator o on o.id = c.operator_id
   where d.domain = p_domain and c.is_active and (d.state = 'proven' or (d.counts_until > p_at
     and not exists (select from sso_domain p where p.domain = d.domain and p.state = 'proven')))
   order by lower(c.name), c.id limit 20 $$;

do $$
declare f regprocedure;
begin
  execute format('grant usage, create on schema %I to loopstart_resolver', current_schema());
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('resolve_sso_domain_taken', 'resolve_sso_domains_due', 'resolve_sso_offers') loop
    execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
    execute format('alter function %s owner to loopstart_resolver', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to loopstart_app', f);
  end loop;
  execute format('revoke create on schema %I from loopstart_resolver', current_schema());
end $$;
