import { type ConfigEditInput, endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantConfigurable } from './configuration.ts';
import type { Planted } from './fleet.ts';
import { rowsOf } from './ingest.ts';

let api: TestApp;
let oak: TestOperator;
let quay: Planted;
let draftId: string;

const rule = (label: string, pattern: string, of: string, timer = 'none') => ({ label, pattern, class: of, timer });
const EMERGENCY = [rule('European', '112', 'emergency'), rule('Police', '999', 'emergency')];

beforeAll(async () => {
  api = await startApp({ clock: () => Date.parse('2026-12-10T12:00:00Z') });
  oak = await api.operator('Oak');
  quay = await plantConfigurable(api.database.ownerUrl, oak.operatorId, { site: 'Quay', ports: [{}, {}] });
  const { gatewayId } = quay;
  draftId = (await oak.technician(endpoints.createConfigDraft, { body: { name: 'Plan' } })).id;
  const plan = { rules: [...EMERGENCY, rule('National', '0x{9,10}', 'national', 'short')], shortTimeoutMs: 2000 };
  const edits = [
    { place: { layer: 'operator' }, kind: 'dial-plan', name: 'Office', value: plan },
    { place: { layer: 'gateway', gatewayId }, name: 'line.country', value: 'GB' },
    { place: { layer: 'port', gatewayId, position: 1 }, name: 'port.dialPlan', value: 'Office' },
    { place: { layer: 'port', gatewayId, position: 1 }, name: 'port.blockedClasses', value: ['national'] },
  ].map((one) => ({ action: 'set', sees: null, ...one }) as unknown as ConfigEditInput);
  await oak.technician(endpoints.editConfigDraft, { params: { draftId }, body: { edits } });
});
afterAll(() => api.close());

const tried = (dialled: string, more: object = {}) =>
  oak.viewer(endpoints.tryDialling, {
    params: { gatewayId: quay.gatewayId },
    query: { position: 1, dialled, draftId, ...more },
  });

describe('dialled keys', () => {
  test('are tried by the plan and by the map of the gateway, rule by rule, with where they differ', async () => {
    const { plan, readings, isOpen, language, notWritten, planName } = await tried('999');
    expect({ planName, language, notWritten, isOpen }).toEqual({
      planName: 'Office',
      language: 'grandstream',
      notWritten: null,
      isOpen: true,
    });
    expect(plan).toEqual({ number: '999', rule: 'Police', refusal: null, keysUsed: 3, afterMs: 0 });
    expect(readings.map(({ number, rule: by, differs }) => [number, by, differs])).toEqual([
      ['999', 'Police', []],
      // Under one reading this maker waits before every number.
      ['999', 'Police', ['wait']],
      ['999', 'Police', []],
    ]);
    expect(readings[1]!.afterMs).toBeGreaterThan(0);
  });

  test('of a class that the port may not dial are barred by both, and not on another port', async () => {
    const { plan, readings } = await tried('02079460000');
    expect([plan!.refusal, plan!.rule]).toEqual(['barred', 'National']);
    expect(new Set(readings.map(({ number }) => number))).toEqual(new Set([null]));
    expect((await tried('02079460000', { position: 2, plan: 'Office' })).plan!.number).toBe('02079460000');
  });

  test('that are pressed slowly are decided in the pause', async () => {
    const { plan } = await tried('0207946000', { position: 2, plan: 'Office', pauseMs: 60_000 });
    expect(plan).toMatchObject({ number: null, refusal: 'incomplete', keysUsed: 1 });
  });

  test('say plainly what is not known', async () => {
    expect(await tried('999', { position: 2 })).toMatchObject({
      plan: null,
      planReason: 'The port has no dial plan.',
      readings: [],
    });
    // Not published yet, and this is not asked with the draft.
    expect(await tried('999', { plan: 'Office', draftId: undefined })).toMatchObject({
      plan: null,
      planReason: 'There is no dial plan Office.',
    });
  });

  test('of a model whose language nobody has shown have a reason instead of a guess', async () => {
    const set = (model: string) =>
      rowsOf(api.database.ownerUrl, 'update gateway set model = $2 where id = $1', [quay.gatewayId, model]);
    await set('HT999');
    const { plan, readings, gatewayReasons } = await tried('999');
    await set('HT802');
    expect(plan!.number).toBe('999');
    expect(readings).toEqual([]);
    expect(gatewayReasons.join(' ')).toContain('HT999');
  });

  test.for<[string, object, string]>([
    ['no keys', { dialled: '' }, 'query.dialled'],
    ['what is no key', { dialled: '99x' }, 'query.dialled'],
    ['more keys than anybody dials', { dialled: '9'.repeat(41) }, 'query.dialled'],
    ['a pause without end', { pauseMs: 60_001 }, 'query.pauseMs'],
  ])('are refused where there are %s', async ([, wrong, path]) => {
    expect(await problemOf(tried('9', wrong))).toMatchObject({ code: 'invalid-input', fields: [{ path }] });
  });

  test('on a port that is not there are not found', async () => {
    expect(await problemOf(tried('9', { position: 9 }))).toMatchObject({ code: 'not-found' });
  });
});
