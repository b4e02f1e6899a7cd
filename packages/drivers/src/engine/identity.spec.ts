import { expect, test } from 'vitest';
import { drivers } from '../drivers.ts';
import { portsInWords, readAll } from '../testing/support.ts';
import { exampleState } from './example-state.ts';
import { parseSnmprec } from './snmprec.ts';

const SYS = '1.3.6.1.2.1.1';
const ENT = '1.3.6.1.2.1.47.1.1.1.1';
const foreign = `${SYS}.2.0|6|1.3.6.1.4.1.99999.4\n`;
const gatewayOf = (walk: string) => portsInWords(walk).gateway;

test('the chassis is the row of class chassis, not the first', () => {
  const rows = [
    `${ENT}.5.1|2|6\n${ENT}.5.2|2|3\n${ENT}.5.3|2|9`,
    `${ENT}.8.1|4|7\n${ENT}.8.2|4|2\n${ENT}.8.3|4|9`,
    `${ENT}.11.1|4|PSU-1\n${ENT}.11.2|4|CHASSIS-1\n${ENT}.11.3|4|CARD-1`,
    `${ENT}.13.1|4|PWR-250\n${ENT}.13.2|4|VG-8\n${ENT}.13.3|4|NIM-4FXS`,
  ].join('\n');
  expect(gatewayOf(foreign + rows)).toMatchObject({ model: 'VG-8', serial: 'CHASSIS-1', hardwareRevision: '2' });
});

test('without classes no part counts as the chassis, except a single row', () => {
  const one = `${ENT}.11.7|4|SN-7\n${ENT}.13.7|4|VG-8`;
  expect(gatewayOf(foreign + one)).toMatchObject({ model: 'VG-8', serial: 'SN-7' });
  const two = `${one}\n${ENT}.11.9|4|SN-9\n${ENT}.13.9|4|NIM`;
  expect(gatewayOf(foreign + two)).toMatchObject({ model: null, modelReason: 'unknown-hardware', serial: null });
});

test.for(['N/A', '', '00000000', 'Not Specified', '<private>', '...'])(
  '"%s" is no serial number and no model',
  (text) => {
    const walk = `${ENT}.5.1|2|3\n${ENT}.11.1|4|${text}\n${ENT}.13.1|4|${text}`;
    expect(gatewayOf(foreign + walk)).toMatchObject({ model: null, modelReason: 'unknown-hardware', serial: null });
  },
);

test('a description with a structure names vendor, model, hardware and software; a sentence names nothing', () => {
  const structure = 'Acme Voice Modem <<HW_REV: 3; VENDOR: Acme Telecom; BOOTR: 1.1; SW_REV: 4.5.6; MODEL: AV-22>>';
  expect(gatewayOf(`${SYS}.1.0|4|${structure}\n${foreign}`)).toMatchObject({
    vendor: 'Acme Telecom',
    model: 'AV-22',
    hardwareRevision: '3',
    firmware: '4.5.6',
  });
  expect(gatewayOf(`${SYS}.1.0|4|Acme Voice Gateway, Release 4 (build 7)\n${foreign}`)).toMatchObject({
    vendor: 'Unknown maker',
    model: null,
    modelReason: 'unknown-hardware',
    firmware: null,
  });
});

test.for<[string, string, string | null]>([
  ['a Vega that names its family alone', `${SYS}.1.0|4|Vega gateway\n${SYS}.2.0|6|1.3.6.1.4.1.4686.11`, null],
  ['a Vega that names its model', `${SYS}.1.0|4|Sangoma Vega 60G\n${SYS}.2.0|6|1.3.6.1.4.1.4686.11`, 'Vega 60G'],
  [
    'a Grandstream that reports only its family',
    `${SYS}.1.0|4|Linux GXW4200 2.6\n${SYS}.2.0|6|1.3.6.1.4.1.8072.3.2.10\n1.3.6.1.4.1.42397.1.1.2.1.1.0.0|4|On Hook`,
    null,
  ],
  ['a Mediatrix of a family of two models', `${SYS}.2.0|6|1.3.6.1.4.1.4935.1000.100.100.300`, null],
  ['a renamed AudioCodes', `${SYS}.2.0|6|1.3.6.1.4.1.5003.8.1.1.999\n1.3.6.1.4.1.5003.9.10.10.2.3.1.0|4|Lobby`, null],
  ['a renamed Eltex', '1.3.6.1.4.1.35265.1.9.1.0|4|office', null],
  ['an Eltex by its own name', '1.3.6.1.4.1.35265.1.9.1.0|4|TAU-24', 'TAU-24.IP'],
  [
    'an SPA that reports its firmware',
    `${SYS}.1.0|4|CISCO SPA122 1.4.1(002)\n${SYS}.2.0|6|1.3.6.1.4.1.9.6.1.23.1.1.1.3`,
    'SPA122',
  ],
])('%s', ([, walk, model]) => {
  expect(gatewayOf(walk)).toMatchObject({ model, modelReason: model === null ? 'unknown-hardware' : null });
});

test('a gateway that answers nothing of which its model could be read does not report it', () => {
  const line = '1.3.6.1.4.1.42397.1.1.1.0|4|9610000000B';
  expect(gatewayOf(line)).toMatchObject({ vendor: 'Grandstream', model: null, modelReason: 'not-reported' });
  expect(gatewayOf(`${line}\n${SYS}.5.0|4|lobby`)).toMatchObject({ model: null, modelReason: 'unknown-hardware' });
});

test('no driver takes a family, its vendor or a sentence for a model', () => {
  for (const driver of drivers) {
    const { sysDescr } = exampleState(driver).gateway;
    const silent = driver.gateway.model({
      sysObjectId: null,
      sysDescr: null,
      sysName: null,
      modelText: null,
      ports: [],
    });
    expect([driver.id, silent]).toEqual([driver.id, null]);
    const described = driver.gateway.model({
      sysObjectId: null,
      sysDescr: `${driver.vendor} voice gateway, all rights reserved`,
      sysName: driver.vendor,
      modelText: null,
      ports: [],
    });
    expect([driver.id, described]).toEqual([driver.id, null]);
    expect(sysDescr).not.toBe('');
  }
});

test('a temperature below zero is read, of several sensors the hottest, and none causes a problem', () => {
  const walk = [
    `${SYS}.2.0|6|1.3.6.1.4.1.1768.100.4.5.8`,
    '1.3.6.1.4.1.1768.100.70.30.2.1.2.1|2|-12',
    '1.3.6.1.4.1.1768.100.70.30.2.1.2.2|66|4294967293',
  ].join('\n');
  const { poll } = readAll(parseSnmprec(walk));
  expect(poll.gatewayMeasures.temperatureC).toBe(-3);
  expect(poll.problems).toEqual([]);
});
