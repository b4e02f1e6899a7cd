import { type ConfigEditInput, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { makeConfigurable } from './configuration.ts';
import { plant, plantAnother, type Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

/** What becomes of every column that names a gateway, when another takes its place. */
const COLUMNS: Readonly<Record<string, 'handed over' | 'stays: history' | 'stays: its own' | 'of the replacement'>> = {
  // Open ones, with their incidents.
  'alert.gateway_id': 'handed over',
  'incident.gateway_id': 'handed over',
  // What is set for the gateway and its lines; what the other has of its own stays its own.
  'config_entry.gateway_id': 'handed over',
  'maintenance_window.scope_id': 'handed over',
  'silence.matcher': 'handed over',
  'threshold_override.scope_id': 'handed over',
  'gateway.successor_id': 'of the replacement',
  'port_predecessor.gateway_id': 'of the replacement',
  'port_predecessor.of_gateway_id': 'of the replacement',
  // What is queued for the former device is cancelled: the other was not asked.
  'action.gateway_id': 'stays: history',
  'call_record.gateway_id': 'stays: history',
  'config_drift.gateway_id': 'stays: history',
  'config_job.gateway_id': 'stays: history',
  'gateway_day.gateway_id': 'stays: history',
  'gateway_event.gateway_id': 'stays: history',
  'gateway_hour.gateway_id': 'stays: history',
  'gateway_sample.gateway_id': 'stays: history',
  'port_state_change.gateway_id': 'stays: history',
  'runbook_run.gateway_id': 'stays: history',
  'running_config.gateway_id': 'stays: history',
  // What a device measures and is; labels, numbers and line devices of its ports are handed over.
  'call_source.gateway_id': 'stays: its own',
  // Passwords of a device are not tried at another.
  'config_access.gateway_id': 'stays: its own',
  'gateway.displaced_by': 'stays: its own',
  'gateway_current.gateway_id': 'stays: its own',
  'gateway_layout.gateway_id': 'stays: its own',
  'gateway_lines.gateway_id': 'stays: its own',
  'gateway_words.gateway_id': 'stays: its own',
  'merge_acknowledgement.gateway_id': 'stays: its own',
  'port.gateway_id': 'stays: its own',
  'port_baseline.gateway_id': 'stays: its own',
};

const NOW = new Date('2026-11-23T12:00:00Z');

let api: TestApp;
let oak: TestOperator;
let old: Planted;
let found: Planted;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
});
afterAll(() => api.close());
beforeEach(async () => {
  oak = await api.operator(`Oak ${crypto.randomUUID()}`);
  const at = new Date(NOW.getTime() - 5_000);
  old = await plant(api.database.ownerUrl, oak.operatorId, { gateway: 'Old box', at, ports: [{}, {}, {}] });
  // Its lines are the same by name and stand one further on; the third has no place there.
  found = await plantAnother(api.database.ownerUrl, old, { gateway: 'New box', at, ports: [{}, {}, {}] });
  await rows(`update port set port_key = 'line-' || "position" where gateway_id = $1`, [old.gatewayId]);
  await rows(`update port set port_key = 'line-' || ("position" - 1) where gateway_id = $1`, [found.gatewayId]);
});

const rows = <T extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  rowsOf<T>(api.database.ownerUrl, text, values);
const replace = () =>
  oak.technician(endpoints.replaceGateway, {
    params: { gatewayId: old.gatewayId },
    body: { byGatewayId: found.gatewayId, acceptLeftOver: true },
  });

describe('what is handed over to the gateway that replaces another', () => {
  test('silences: of the gateway, and of a line at the position that the line has there', async () => {
    const silence = (matcher: object, reason: string) =>
      oak.technician(endpoints.createSilence, {
        body: {
          matcher,
          reason,
          startsAt: NOW.toISOString(),
          endsAt: new Date(NOW.getTime() + 3_600_000).toISOString(),
        } as never,
      });
    const { gatewayId } = old;
    await silence({ gatewayId }, 'all');
    await silence({ gatewayId, position: 1 }, 'first');
    await silence({ gatewayId, position: 2 }, 'second');
    await silence({ gatewayId, position: 3 }, 'third');
    await replace();
    const stored = await rows<{ reason: string; matcher: object }>(
      'select reason, matcher from silence where operator_id = $1 order by reason',
      [oak.operatorId],
    );
    expect(stored).toEqual([
      { reason: 'all', matcher: { gatewayId: found.gatewayId } },
      { reason: 'first', matcher: { gatewayId: found.gatewayId, position: 2 } },
      { reason: 'second', matcher: { gatewayId: found.gatewayId, position: 3 } },
      // Its line is not there: it must not silence another.
      { reason: 'third', matcher: { gatewayId, position: 3 } },
    ]);
  });

  test('thresholds of lines, at the position that each line has there', async () => {
    await oak.admin(endpoints.setThreshold, {
      body: {
        kind: 'port-out-of-service',
        scope: 'port',
        scopeId: `${old.gatewayId}/1`,
        parameters: {},
        off: true,
        reason: 'known',
      } as never,
    });
    await replace();
    expect(await rows('select scope_id from threshold_override where operator_id = $1', [oak.operatorId])).toEqual([
      { scope_id: `${found.gatewayId}/2` },
    ]);
  });

  test('its configuration: published, in drafts and as secrets, each line at its new position', async () => {
    const port = (gatewayId: string, position: number) => ({ layer: 'port', gatewayId, position }) as const;
    const draft = async (name: string, edits: Pick<ConfigEditInput, 'place' | 'name' | 'value'>[]) => {
      const { id: draftId } = await oak.technician(endpoints.createConfigDraft, { body: { name } });
      const body = { edits: edits.map((edit) => ({ action: 'set', sees: null, ...edit }) as ConfigEditInput) };
      await oak.technician(endpoints.editConfigDraft, { params: { draftId }, body });
      return draftId;
    };
    for (const { gatewayId } of [old, found]) await makeConfigurable(api.database.ownerUrl, gatewayId);
    const first = await draft('First', [
      { place: { layer: 'gateway', gatewayId: old.gatewayId }, name: 'gateway.ntpServers', value: ['ntp.example.net'] },
      { place: port(old.gatewayId, 1), name: 'port.extension', value: '2001' },
      { place: port(old.gatewayId, 1), name: 'port.password', value: 'secret-of-2001' },
      { place: port(old.gatewayId, 1), name: 'port.displayName', value: 'Lobby' },
      { place: port(old.gatewayId, 3), name: 'port.extension', value: '2003' },
      { place: port(found.gatewayId, 2), name: 'port.displayName', value: 'Its own' },
    ]);
    await oak.technician(endpoints.publishConfigDraft, { params: { draftId: first }, body: { reason: 'agreed' } });
    await draft('Second', [{ place: port(old.gatewayId, 2), name: 'port.extension', value: '2002' }]);
    await replace();

    const set = (gatewayId: string) =>
      rows<{ position: number; name: string; value: unknown }>(
        `select "position", name, coalesce(value, to_jsonb(secret is not null)) as value from config_entry
         where gateway_id = $1 order by "position" nulls first, name`,
        [gatewayId],
      );
    expect(await set(found.gatewayId)).toEqual([
      { position: null, name: 'gateway.ntpServers', value: ['ntp.example.net'] },
      { position: 2, name: 'port.displayName', value: 'Its own' },
      { position: 2, name: 'port.extension', value: '2001' },
      { position: 2, name: 'port.password', value: true },
      // Of the draft that is still open.
      { position: 3, name: 'port.extension', value: '2002' },
    ]);
    // The other had a name for this line already; the third line has no place there.
    expect(await set(old.gatewayId)).toEqual([
      { position: 1, name: 'port.displayName', value: 'Lobby' },
      { position: 3, name: 'port.extension', value: '2003' },
    ]);
    const { gatewayId } = found;
    const { ports } = await oak.viewer(endpoints.getEffectiveConfig, { params: { gatewayId } });
    const line = ports.find(({ position }) => position === 2)!;
    expect(line.settings.find(({ field }) => field === 'port.extension')).toMatchObject({
      value: '2001',
      origin: { layer: 'port', author: expect.stringContaining('technician') },
    });
  });

  test('leaves out no column that names a gateway', async () => {
    const named = await rows<{ name: string }>(
      `select distinct c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
         and (a.attname like '%gateway_id' or a.attname = 'displaced_by' or (c.relname in ('threshold_override', 'maintenance_window', 'silence') and a.attname in ('scope_id', 'matcher')) or exists (
           select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid = 'gateway'::regclass
             and a.attnum = any (f.conkey) and a.attname not in ('operator_id', 'position')))`,
    );
    expect(named.map(({ name }) => name).toSorted()).toEqual(Object.keys(COLUMNS).toSorted());
  });
});
