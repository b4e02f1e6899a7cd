-- A second row policy beside the tenant's, restrictive, so that both must agree: the scope of the transaction. `app.scope` is
-- "*" or the places of a limited member as JSON; without it nothing is seen. Everything hangs on a site, and only the site
-- reads the setting: what belongs to a site is seen where its site is, and what belongs to a gateway where its gateway is.

create function app_whole() returns boolean language sql stable parallel safe as
$$ select current_setting('app.scope', true) = '*' $$;

-- The ids or tags that a limited scope names; null where there is no scope, which matches nothing.
create function app_scope_list(p_kind text) returns text[] language sql stable parallel safe as
$$ select case when left(current_setting('app.scope', true), 1) = '{'
     then array(select jsonb_array_elements_text(current_setting('app.scope', true)::jsonb -> p_kind)) end $$;
-- A cast in a policy would be made for each row.
create function app_scope_ids(p_kind text) returns uuid[] language sql stable parallel safe as
$$ select app_scope_list(p_kind)::uuid[] $$;

-- Tags of a site: what an operator sorts sites by beside customers, and what a scope can name.
alter table site add column tags text[] not null default '{}';
create index site_tags on site using gin (tags);

create policy scope on site as restrictive to loopstart_app using (
  (select app_whole())
  or customer_id = any ((select app_scope_ids('customerIds'))::uuid[])
  or id = any ((select app_scope_ids('siteIds'))::uuid[])
  or tags && (select app_scope_list('tags'))
);

-- The places that a limited transaction sees: as functions, so that their policies are planned once for each connection and
-- not with every statement. For what hangs on a gateway, the planner chooses between looking each one up and all at once.
create function app_sites() returns setof uuid language plpgsql stable rows 100 as
$$ begin return query select id from site; end $$;
create function app_customers() returns setof uuid language plpgsql stable rows 100 as
$$ begin return query select customer_id from site; end $$;
create function app_gateways() returns setof uuid language plpgsql stable rows 1000 as
$$ begin return query select id from gateway; end $$;

-- A customer is seen by the sites of it that are; only who works for the whole customer changes it.
create policy scope on customer as restrictive for select to loopstart_app using (
  (select app_whole())
  or id = any ((select app_scope_ids('customerIds'))::uuid[])
  or id in (select * from app_customers())
);
create policy scope_insert on customer as restrictive for insert to loopstart_app with check ((select app_whole()));
create policy scope_update on customer as restrictive for update to loopstart_app
  using ((select app_whole()) or id = any ((select app_scope_ids('customerIds'))::uuid[]));
create policy scope_delete on customer as restrictive for delete to loopstart_app
  using ((select app_whole()) or id = any ((select app_scope_ids('customerIds'))::uuid[]));

do $$
declare t text;
begin
  -- Of a site.
  foreach t in array array['agent', 'enrolment_token', 'gateway', 'gateway_event', 'alert', 'incident'] loop
    execute format('create policy scope on %I as restrictive to loopstart_app using ((select app_whole()) or site_id in (select * from app_sites()))', t);
  end loop;
  -- Of a gateway.
  foreach t in array array['gateway_layout', 'gateway_current', 'gateway_lines', 'gateway_words', 'gateway_sample', 'gateway_hour', 'gateway_day',
    'port', 'port_predecessor', 'port_state_change', 'port_baseline', 'action', 'runbook_run'] loop
    execute format('create policy scope on %I as restrictive to loopstart_app using ((select app_whole()) or exists (select from gateway g where g.id = gateway_id))', t);
  end loop;
  -- Of an agent.
  foreach t in array array['agent_certificate', 'agent_target', 'agent_cursor', 'rejected_message', 'merge_acknowledgement'] loop
    execute format('create policy scope on %I as restrictive to loopstart_app using ((select app_whole()) or exists (select from agent a where a.id = agent_id))', t);
  end loop;
  -- Of an incident.
  foreach t in array array['incident_entry', 'escalation', 'digest_item', 'outbox_message'] loop
    execute format('create policy scope on %I as restrictive to loopstart_app using ((select app_whole()) or exists (select from incident i where i.id = incident_id))', t);
  end loop;
end $$;

create policy scope on delivery as restrictive to loopstart_app
  using ((select app_whole()) or exists (select from outbox_message m where m.id = message_id));
create policy scope on delivery_attempt as restrictive to loopstart_app
  using ((select app_whole()) or exists (select from delivery d where d.id = delivery_id));

-- What names a place in its content. Who is limited to a part of a customer does not silence all of it.
create policy scope on silence as restrictive to loopstart_app using (
  (select app_whole())
  or (matcher ->> 'customerId') = any ((select app_scope_list('customerIds'))::text[])
  or (matcher ->> 'siteId')::uuid in (select * from app_sites())
  or (matcher ->> 'gatewayId')::uuid in (select * from app_gateways())
);
create policy scope on maintenance_window as restrictive to loopstart_app using (
  (select app_whole())
  or scope = 'customer' and scope_id = any ((select app_scope_ids('customerIds'))::uuid[])
  or scope = 'site' and scope_id in (select * from app_sites())
  or scope = 'gateway' and scope_id in (select * from app_gateways())
);
-- Everybody sees what holds for all lines or for a class of them, because it holds for theirs.
create policy scope on threshold_override as restrictive for select to loopstart_app using (
  (select app_whole())
  or scope in ('operator', 'line-device-class')
  or scope = 'customer' and scope_id::uuid in (select * from app_customers())
  or scope = 'site' and scope_id::uuid in (select * from app_sites())
  or scope = 'port' and split_part(scope_id, '/', 1)::uuid in (select * from app_gateways())
);
create function app_may_set_threshold(p_scope text, p_scope_id text) returns boolean language sql stable as
$$ select case p_scope
     when 'customer' then p_scope_id = any (app_scope_list('customerIds'))
     when 'site' then exists (select from site where id::text = p_scope_id)
     when 'port' then exists (select from gateway where id::text = split_part(p_scope_id, '/', 1))
     else false end $$;
create policy scope_insert on threshold_override as restrictive for insert to loopstart_app
  with check ((select app_whole()) or app_may_set_threshold(scope, scope_id));
create policy scope_update on threshold_override as restrictive for update to loopstart_app
  using ((select app_whole()) or app_may_set_threshold(scope, scope_id));
create policy scope_delete on threshold_override as restrictive for delete to loopstart_app
  using ((select app_whole()) or app_may_set_threshold(scope, scope_id));

-- The trail names what everybody did: a limited member sees what they did themselves.
create policy scope on audit_entry as restrictive for select to loopstart_app using (
  (select app_whole())
  or user_id in (select u.id from app_user u where u.account_id = (select app_account()))
);
