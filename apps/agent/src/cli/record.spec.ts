import { driverById, encodeTables, exampleState, type Driver } from '@loopstart/drivers';
import {
  ERROR_STATUS,
  SnmpClient,
  SnmpResponder,
  SortedMib,
  type InterceptedRequest,
  type Interception,
} from '@loopstart/snmp';
import { afterEach, expect, test } from 'vitest';
import { describeRecording, record } from './record.ts';

const closing: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

const driver = driverById('mediatrix-dgw') as Driver;
const values = encodeTables(driver, exampleState(driver));
const enterprise = values.filter(({ oid }) => oid.startsWith('1.3.6.1.4.1.'));

async function recordOf(habit: (request: InterceptedRequest) => Interception) {
  const credentials = { version: 'v2c' as const, community: 'hush' };
  const responder = new SnmpResponder({
    view: new SortedMib(values),
    credentials: [credentials],
    engineId: Buffer.from('80001f8804c0ffee03', 'hex'),
    intercept: habit,
  });
  const client = new SnmpClient();
  closing.push(responder, client);
  const { port } = await responder.listen(0, '127.0.0.1');
  const target = { host: '127.0.0.1', port, credentials, timeoutMs: 150, retries: 1 };
  return record(client, target, ['hush']);
}

test('a gateway that answers is recorded completely', async () => {
  const recording = await recordOf(() => 'answer');
  expect(recording).toMatchObject({ driver: { id: driver.id }, ends: [], kept: recording.values });
  expect(describeRecording(recording, 'walk.snmprec')).not.toContain('ended');
});

test('a gateway that cannot name the object after another is recorded up to there, and the end is reported', async () => {
  const last = enterprise[20]?.oid as string;
  const recording = await recordOf(({ kind, oids }) => {
    if (kind === 'getBulk' && oids[0]?.startsWith('1.3.6.1.4.1'))
      return { refuse: { errorStatus: ERROR_STATUS.genErr, errorIndex: 0 } };
    return kind === 'getNext' && oids[0] === last
      ? { refuse: { errorStatus: ERROR_STATUS.genErr, errorIndex: 1 } }
      : 'answer';
  });
  expect(recording.ends).toEqual([{ root: '1.3.6.1.4.1', after: last, why: expect.stringContaining('genErr') }]);
  expect(recording.text).toContain(`${last}|`);
  expect(recording.text).toMatch(/^1\.3\.6\.1\.2\.1\.1\.2\.0\|/m);
  expect(describeRecording(recording, 'walk.snmprec')).toContain(`The walk of 1.3.6.1.4.1 ended after ${last}`);
});

test('a gateway that refuses GETBULK is recorded completely', async () => {
  const whole = await recordOf(() => 'answer');
  const recording = await recordOf(({ kind }) => (kind === 'getBulk' ? 'drop' : 'answer'));
  expect(recording.text).toBe(whole.text);
  expect(recording.ends).toEqual([]);
});
