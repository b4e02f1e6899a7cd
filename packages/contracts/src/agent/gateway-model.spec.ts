import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_REASONS } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { checkUpMessage } from './compiled.ts';
import { modelOrNull, withKnownModel } from './gateway-model.ts';
import { GatewayInfo } from './inventory.ts';
import { UpMessage } from './up-message.ts';

const GOLDEN = join(import.meta.dirname, '../../fixtures/agent-v1/up.inventory.json');
const message = JSON.parse(readFileSync(GOLDEN, 'utf8')) as { body: { gateway: object } };
const told = (gateway: object): GatewayInfo => GatewayInfo.parse({ ...message.body.gateway, ...gateway });
const SILENT = { sysName: null, sysDescr: null, sysObjectId: null };

test.for<[string, object, Pick<GatewayInfo, 'model' | 'modelReason'>]>([
  ['a model', { model: 'MP-114' }, { model: 'MP-114', modelReason: null }],
  ['the text of an older agent', { model: 'unknown model' }, { model: null, modelReason: 'unknown-hardware' }],
  [
    'that text of a gateway that reported nothing else',
    { ...SILENT, model: 'unknown model' },
    { model: null, modelReason: 'not-reported' },
  ],
  [
    'none, with the reason that the agent gives',
    { ...SILENT, model: null, modelReason: 'unknown-hardware' },
    { model: null, modelReason: 'unknown-hardware' },
  ],
  ['none without a reason', { model: null }, { model: null, modelReason: 'unknown-hardware' }],
  ['a model beside a reason', { model: 'MP-114', modelReason: 'not-reported' }, { model: 'MP-114', modelReason: null }],
])('%s', ([, gateway, known]) => {
  expect(withKnownModel(told(gateway))).toEqual({ ...told(gateway), ...known });
});

test('only the text of older agents is no model', () => {
  expect(['unknown model', 'Unknown model X', '', null].map(modelOrNull)).toEqual([null, 'Unknown model X', '', null]);
});

test('an inventory passes without a model for every reason, and for no other', () => {
  const without = (modelReason: unknown) => ({
    ...message,
    body: { ...message.body, gateway: { ...message.body.gateway, model: null, modelReason } },
  });
  for (const reason of MODEL_REASONS) {
    expect(checkUpMessage(without(reason)), reason).toBeNull();
    expect(UpMessage.safeParse(without(reason)).success, reason).toBe(true);
  }
  expect(checkUpMessage(without('no idea'))?.path).toBe('/body/gateway/modelReason');
});
