-- When two machines last used the identity of the agent at the same time.
alter table agent add column identity_conflict_at timestamptz;

-- The SIP server that the gateway registers with, where its maker tells it.
alter table gateway add column sip_server text;

-- When the line was registered first, as far as it was seen: one that never was is not in use.
alter table port add column registered_at timestamptz;
update port p set registered_at = h.at
from (select operator_id, gateway_id, "position", min(at) as at from port_state_change
      where field = 4 and (from_code = 0 or to_code = 0) group by operator_id, gateway_id, "position") h
where h.operator_id = p.operator_id and h.gateway_id = p.gateway_id and h."position" = p."position";
update port p set registered_at = coalesce(c.observed_at, now())
from gateway_current c
where c.operator_id = p.operator_id and c.gateway_id = p.gateway_id and p.removed_at is null and p.registered_at is null
  and c.registration[p.ordinal + 1] = 0;

-- Why the gateway is not read, as a code beside the sentence; and what it said about itself and has not taken back.
alter table gateway_current add column unreachable_code text, add column alarms jsonb;

-- Alarms that stand now: they were read out of the events before.
with raised as (
  select gateway_id, alarm_key as key, case kind when 'temperature-high' then 'over-temperature' else kind end as condition,
    (array_agg("position" order by at desc))[1] as "position", (array_agg(severity order by at desc))[1] as severity,
    (array_agg(text order by at desc))[1] as text, min(at) as since, max(at) as last
  from gateway_event where kind in ('power-lost', 'fan-failed', 'temperature-high') and alarm_key is not null and at > now() - interval '7 days'
  group by gateway_id, alarm_key, kind
), standing as (
  select r.* from raised r where not exists (
    select 1 from gateway_event e where e.gateway_id = r.gateway_id and e.at > r.last
      and (e.kind in ('cold-start', 'warm-start') or (e.alarm_key = r.key and e.kind in ('power-restored', 'fan-restored', 'temperature-normal'))))
)
update gateway_current c set alarms = jsonb_build_object('startedAt', null, 'happened', '[]'::jsonb, 'cleared', '[]'::jsonb, 'standing', s.alarms)
from (select gateway_id, jsonb_agg(jsonb_build_object('key', key, 'condition', condition, 'position', "position", 'severity', severity, 'text', text,
        'since', (extract(epoch from since) * 1000)::bigint, 'last', (extract(epoch from last) * 1000)::bigint)) as alarms
      from standing group by gateway_id) s
where s.gateway_id = c.gateway_id;
