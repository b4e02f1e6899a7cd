import type { PortInfo } from '@loopstart/contracts';
import {
  GATEWAY_MEASURE_NAMES,
  PORT_COUNTER_NAMES,
  PORT_MEASURE_NAMES,
  PORT_STATE_FIELD_NAMES,
  type PortKind,
} from '@loopstart/domain';
import { supportedFields } from './capabilities.ts';
import type { Driver } from './driver.ts';
import type { ModelSpec } from './model.ts';
import type { PortWords } from './words.ts';
import type { SimState } from './sim-state.ts';

const AT_REST: PortWords = {
  admin: 'unlocked',
  oper: 'in-service',
  hook: 'on-hook',
  call: 'idle',
  registration: 'registered',
  fault: 'none',
};
const USUAL = { uptimeS: 86_400, temperatureC: 41, cpuPercent: 12, memoryPercent: 37, activeCalls: 0 } as const;

const record = <K extends string, V>(keys: readonly K[], value: (key: K) => V) =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

/**
 * A model at rest: all ports idle, registered and well, in the fields that its driver can read; the rest is null. The
 * simulator starts from it. Without a model, the driver's first.
 */
export function exampleState(driver: Driver, modelName?: string): SimState {
  const model = modelName === undefined ? driver.models[0] : driver.models.find(({ name }) => name === modelName);
  if (model === undefined) throw new RangeError(`driver ${driver.id} has no model "${modelName ?? ''}"`);
  const supported = supportedFields(driver);
  const { gateway, ports: spec } = driver;
  // Where no object lists ports, the gateway shows none.
  const count = spec.rows.kinds.length === 0 ? 0 : model.fxs + model.fxo;
  const ports = Array.from({ length: count }, (_, at) => examplePort(driver, model, at + 1));
  const perPort = <T>(make: () => T) => ports.map(make);
  const onDemand = new Set<string>(driver.lineTest?.measures);
  return {
    gateway: {
      vendor: driver.vendor,
      model: model.name,
      modelReason: null,
      firmware: gateway.firmware || gateway.textResolvers ? model.firmware : null,
      hardwareRevision: gateway.hardwareRevision ? '1' : null,
      serial: gateway.serial ? '10000001' : null,
      macAddress: gateway.macAddress ? '02:00:00:00:00:01' : null,
      sysName: 'gateway',
      sysDescr: model.sysDescr,
      sysObjectId: model.sysObjectId,
      powerSource: gateway.powerSource?.[0]?.codec.words?.[0] ?? null,
      sipServer: gateway.sipServer ? 'sip.example.net' : null,
    },
    ports,
    states: ports.map(({ kind }) => {
      const elsewhere = new Set<string>(
        spec.resolvers?.filter((resolver) => (resolver.kind ?? kind) !== kind).map(({ field }) => field),
      );
      return record(PORT_STATE_FIELD_NAMES, (field) =>
        supported.has(field) && !elsewhere.has(field) ? AT_REST[field] : null,
      ) as PortWords;
    }),
    measures: perPort(() =>
      record(PORT_MEASURE_NAMES, (field) => (supported.has(field) && !onDemand.has(field) ? 0 : null)),
    ),
    counters: perPort(() => record(PORT_COUNTER_NAMES, (field) => (supported.has(field) ? 0 : null))),
    gatewayMeasures: record(GATEWAY_MEASURE_NAMES, (field) => (supported.has(field) ? USUAL[field] : null)),
  };
}

function examplePort(driver: Driver, model: ModelSpec, position: number): PortInfo {
  const { info, shared = {}, rows, codecs } = driver.ports;
  const first = <T>(field: keyof typeof info): T | null =>
    ((info[field] ?? shared[field])?.[0]?.codec.words?.[0] as T | undefined) ?? null;
  const kind: PortKind = position <= model.fxs ? 'fxs' : 'fxo';
  const codecNames =
    codecs === undefined
      ? null
      : 'column' in codecs
        ? codecs.column.codec.words
        : codecs.switches.map(({ name }) => name);
  const name = info.name ? (driver.ports.nameOf?.(position) ?? `Port ${position}`) : null;
  const key = rows.keyOf(position);
  return {
    position,
    key,
    portKey: rows.stableNames === undefined || name === null ? `index:${key}` : `name:${name}`,
    kind,
    name,
    number:
      info.number || driver.ports.infoResolvers?.some(({ field }) => field === 'number')
        ? String(200 + position)
        : null,
    signalling: first('signalling'),
    impedance: first('impedance'),
    countryProfile: first('countryProfile'),
    codecs: codecNames?.slice(0, 3) ?? null,
    t38: info.t38 || shared.t38 ? true : null,
  };
}
