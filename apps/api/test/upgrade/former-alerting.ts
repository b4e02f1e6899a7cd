export type Row = Record<string, unknown>;

/** What the rows of an operator have in common. */
export interface Shape {
  id(row: number): string;
  ofOperator(table: string, ...rows: Row[]): Promise<void>;
  place: Row;
  line: Row;
  at: Date;
  later(minutes: number): Date;
  sealedOf(field: string): Buffer;
}

const json = (value: unknown) => JSON.stringify(value);

/** Alerts, incidents and all that decides who learns of them. */
export async function fillAlerting({ id, ofOperator, place, at, later, sealedOf }: Shape): Promise<void> {
  const key = `gateway-unreachable@gateway:${id(41)}`;
  const subject = { subject_type: 'gateway', subject_id: id(41) };
  const kind = 'gateway-unreachable';
  await ofOperator('channel', {
    id: id(60),
    kind: 'slack',
    name: 'Slack',
    config: '{}',
    secret: sealedOf('channel.secret'),
    enabled: false,
  });
  await ofOperator('channel_key', {
    id: id(61),
    channel_id: id(60),
    algorithm: 'v1',
    secret: sealedOf('channel_key.secret'),
  });
  await ofOperator('heartbeat', {
    url: sealedOf('heartbeat.url'),
    host: 'beat.example',
    every_s: 86_400,
    last_sent_at: at,
  });
  const steps = [{ waitMinutes: 0, targets: [{ type: 'channel', channelId: id(60) }] }];
  await ofOperator('policy', { id: id(62), name: 'Everything', ordinal: 1, is_default: true, steps: json(steps) });
  await ofOperator('schedule', { id: id(63), name: 'Days', time_zone: 'Europe/London', layers: '[]' });
  await ofOperator('schedule_override', {
    id: id(64),
    schedule_id: id(63),
    user_id: id(4),
    starts_at: at,
    ends_at: later(60),
  });
  await ofOperator('alert', {
    id: id(51),
    key,
    incarnation: 1,
    kind,
    ...subject,
    ...place,
    gateway_id: id(41),
    severity: 'major',
    state: 'open',
    since: at,
    opened_at: at,
    evidence: json({ text: 'No answer for 60 s.', seen: { forS: 60 }, thresholds: {} }),
    incident_id: id(50),
  });
  await ofOperator('incident', {
    id: id(50),
    number: 17,
    root_alert_id: id(51),
    kind,
    ...subject,
    ...place,
    gateway_id: id(41),
    title: 'Gateway unreachable',
    severity: 'major',
    state: 'open',
    since: at,
    announced_at: at,
    assigned_to: id(4),
    dedup_key: key,
    last_seq: 1,
  });
  await ofOperator('incident_entry', { incident_id: id(50), at, kind: 'announced', text: 'Gateway unreachable.' });
  await ofOperator('outbox_message', {
    id: id(52),
    type: 'incident.raised',
    incident_id: id(50),
    seq: 1,
    dedupe_key: `${id(50)}/1`,
    payload: '{}',
  });
  await ofOperator('delivery', {
    id: id(53),
    message_id: id(52),
    channel_id: id(60),
    ordering_key: id(50),
    seq: 1,
    state: 'delivered',
    attempts: 1,
    delivered_at: at,
    last_status: 200,
  });
  await ofOperator('delivery_attempt', { delivery_id: id(53), number: 1, at, duration_ms: 20, status: 200 });
  await ofOperator('digest_item', {
    policy_id: id(62),
    incident_id: id(50),
    message_id: id(52),
    send_at: at,
    sent_at: at,
  });
  await ofOperator('maintenance_window', {
    id: id(65),
    title: 'Switch replaced',
    reason: 'Agreed',
    scope: 'site',
    scope_id: id(20),
    time_zone: 'Europe/London',
    starts_at: later(-600),
    duration_minutes: 60,
    created_by_name: 'Person 0',
  });
  await ofOperator('silence', {
    id: id(66),
    matcher: json({ siteId: id(20) }),
    reason: 'Known',
    starts_at: later(-600),
    ends_at: later(-540),
    created_by_name: 'Person 0',
  });
  await ofOperator('threshold_override', {
    id: id(67),
    kind: 'agent-silent',
    scope: 'site',
    scope_id: id(20),
    parameters: json({ raiseAfterS: 60 }),
    reason: 'Slow line',
    set_by_name: 'Person 0',
  });
}

/** Acts on lines, and who did what. */
export async function fillActions({ id, ofOperator, line, at, later }: Shape): Promise<void> {
  await ofOperator('action', {
    id: id(80),
    ...line,
    agent_id: id(30),
    type: 'reset-port',
    state: 'succeeded',
    life_safety_confirmed: true,
    requested_by: id(4),
    requested_by_name: 'Person 2',
    expires_at: later(5),
    idempotency_key: id(81),
  });
  await ofOperator('runbook_run', {
    id: id(82),
    ...line,
    symptom: 'no-dial-tone',
    state: 'done',
    started_at: at,
    finished_at: at,
    started_by_name: 'Person 2',
    line_test: json({ state: 'not-wanted' }),
    evidence: '[]',
    idempotency_key: id(83),
  });
  await ofOperator(
    'audit_entry',
    ...['create', 'update', 'delete'].map((verb) => ({
      at,
      user_id: id(2),
      user_name: 'Person 0',
      request_id: 'r-1',
      verb,
      subject_type: 'customer',
      subject_id: id(10),
      change: json({ name: verb }),
    })),
  );
}
