import type { CapabilityField } from '@loopstart/domain';
import { celsius, identityText, textMatch, whole } from '../../engine/codecs.ts';
import { column, scalar } from '../../engine/source.ts';
import { defineDriver } from '../../engine/driver.ts';
import type { GatewayResolver } from '../../engine/slices/gateway.ts';
import type { ModelSpec } from '../../engine/model.ts';
import { modelByObjectId } from '../../engine/model.ts';
import {
  ifAdminStatus,
  ifAlias,
  ifDescr,
  ifName,
  ifOperStatus,
  ifRows,
  standardNotifications,
  SYSTEM,
} from '../../engine/standard.ts';
import { snmp } from '../../engine/steps.ts';
import { integerValue, isAnswer, numberIn } from '../../engine/values.ts';
import { pattonConfig } from './patton.config.ts';

/** SMARTNODE-MIB. */
const SN = '1.3.6.1.4.1.1768.100';
const percent = whole({ min: 0, max: 100 });

const model = (name: string, product: string, fxs: number, proven?: readonly CapabilityField[]): ModelSpec => ({
  name,
  fxs,
  fxo: 0,
  sysObjectId: `${SN}.4.${product}`,
  sysDescr: `${name}, Software R6.10`,
  firmware: 'R6.10',
  ...(proven && { evidence: 'recording', proven }),
});

/** sn…-JS and …-8js product OIDs; JS is FXS. The recorded SN4971 is an E1 unit without analogue ports. */
const models = [
  model('SN4118/JS', '5.8', 8),
  model('SN4112/JS', '5.5', 2),
  model('SN4114/JS', '5.6', 4),
  model('SN4116/JS', '5.7', 6),
  model('SN4324/JS', '14.4', 24),
  model('SN4332/JS', '14.5', 32),
  model('SN4140/8JS', '33.3', 8),
  model('SN4141/8JS', '37.3', 8),
  model('SN5540/8JS', '34.3', 8),
  model('SN4971/1E15V', '23.11', 0, ['uptimeS', 'temperatureC', 'cpuPercent', 'memoryPercent', 'activeCalls']),
];

const allocated = column(`${SN}.70.20.2.1.3`, 'memAllocatedBytes', whole({ min: 0, max: 2 ** 31 }));
const free = column(`${SN}.70.20.2.1.4`, 'memFreeBytes', whole({ min: 0, max: 2 ** 31 }));

/** Share of the first memory pool that is in use, to a tenth of a percent. */
const memory: GatewayResolver = {
  measure: 'memoryPercent',
  scalars: [],
  columns: [allocated, free],
  decode(answers) {
    const used = answers.columns.get(allocated.oid)?.values().next().value;
    const unused = answers.columns.get(free.oid)?.values().next().value;
    if (!isAnswer(used) || !isAnswer(unused)) return undefined;
    const total = (numberIn(used) ?? 0) + (numberIn(unused) ?? 0);
    const inUse = allocated.codec.decode(used);
    if (typeof inUse !== 'number' || typeof free.codec.decode(unused) !== 'number' || total === 0) return null;
    return Math.round((1000 * inUse) / total) / 10;
  },
  encode: (value) => [
    { oid: `${allocated.oid}.1`, value: integerValue(Math.round(value * 1000)) },
    { oid: `${free.oid}.1`, value: integerValue(100_000 - Math.round(value * 1000)) },
  ],
};

/** Patton SmartNode with analogue ports. */
export const patton = defineDriver({
  id: 'patton-smartnode',
  vendor: 'Patton',
  revision: 2,
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only for units with analogue ports. A recorded walk of an SN4971, which has E1 and none, proves recognition, product name, ' +
    'software, serial number, CPU, memory, temperature and active calls. No object has the state of a single FXS ' +
    'port; whether ifTable lists FXS ports on JS models is not proven.',
  models,
  match: { sysObjectIds: [`${SN}.4`] },
  pollIntervalMs: 60_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 4 },
  gateway: {
    modelText: [scalar(`${SN}.1.6`, 'productName', identityText(128))],
    model: (unit) => unit.modelText ?? modelByObjectId(models, unit),
    firmware: [
      scalar(`${SN}.1.5`, 'swVersion', identityText(128)),
      {
        oid: SYSTEM.sysDescr,
        object: 'sysDescr',
        codec: textMatch(/Software (R[^,]+)/, 128, (version) => `Software ${version}`),
      },
    ],
    hardwareRevision: [scalar(`${SN}.1.3`, 'hwRelease', identityText(128))],
    serial: [scalar(`${SN}.1.1`, 'serialNumber', identityText(128))],
    measures: {
      cpuPercent: [column(`${SN}.70.10.2.1.2`, 'cpuWorkloadCurrent', percent)],
      temperatureC: [
        { ...column(`${SN}.70.30.2.1.2`, 'currentDegreesCelsius', celsius({ min: -40, max: 150 })), fold: 'max' },
      ],
      activeCalls: [
        { ...column(`${SN}.70.40.2.1.2`, 'gwCurrentConnectedCalls', whole({ min: 0, max: 100_000 })), fold: 'sum' },
      ],
    },
    resolvers: [memory],
  },
  ports: {
    rows: ifRows,
    info: { name: [ifName, ifAlias, ifDescr] },
    state: { admin: [ifAdminStatus], oper: [ifOperStatus] },
  },
  actions: {
    rules: {
      // deviceReload: reload 1.
      reboot: { scope: 'gateway', steps: () => [snmp.set([{ oid: `${SN}.2.1.0`, value: integerValue(1) }])] },
    },
    absent: 'a SmartNode takes a port down by its configuration text only.',
  },
  config: pattonConfig,
  notifications: { rules: standardNotifications({ rowsAreInterfaces: true }) },
});
