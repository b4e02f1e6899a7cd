import { PORTS_MAX, type PortInfo } from '@loopstart/contracts';
import type { PortKind } from '@loopstart/domain';
import { compareOids } from '@loopstart/snmp';
import { misunderstood, valuesOf } from './answers.ts';
import { firstCell, firstScalar, type Complain } from './first-answer.ts';
import type { SystemTexts } from './model.ts';
import type { CodecList, PortInfoSources, PortRows, PortsSlice } from './slices/ports.ts';
import type { Answers, Source } from './source.ts';
import { isAnswer } from './values.ts';

const KEY_CHARS_MAX = 128;
const CODECS_MAX = 16;

/** The ports of a gateway, in the order of their numbers. */
export function readPorts(slice: PortsSlice, system: SystemTexts, answers: Answers, complain: Complain): PortInfo[] {
  const { rows, info, shared = {}, codecs, infoResolvers = [] } = slice;
  const found: { key: string; kind: PortKind; position: number }[] = [];
  for (const source of rows.kinds) {
    const cells = answers.columns.get(source.oid);
    if (cells === undefined || cells.size === 0) continue;
    for (const key of [...cells.keys()].sort(compareOids)) {
      const value = cells.get(key);
      if (!isAnswer(value) || key.length > KEY_CHARS_MAX) continue;
      const kind = source.codec.decode(value);
      if (kind === undefined) complain(`${source.oid}.${key}`, misunderstood(source, value));
      const position = rows.positionOf ? rows.positionOf(key) : found.length + 1;
      if (!kind || position === null || position < 1 || position > PORTS_MAX) continue;
      if (found.some((port) => port.position === position))
        complain(`${source.oid}.${key}`, 'a second row for one port');
      else found.push({ key, kind: rows.kindOf?.(position, system) ?? kind, position });
    }
    if (found.length > 0) break;
  }
  found.sort((a, b) => a.position - b.position);
  const codecNames = readCodecs(codecs, answers, complain);
  const ports = found.slice(0, PORTS_MAX);
  const portKeys = portKeysOf(rows, ports, answers);
  const resolved = infoResolvers.map((resolver) => ({ field: resolver.field, texts: resolver.decode(answers, ports) }));
  return ports.map(({ key, kind, position }, at) => {
    const resolve = (field: 'name' | 'number') =>
      resolved.find((candidate) => candidate.field === field)?.texts[at] ?? null;
    const read = <T>(field: keyof PortInfoSources): T | null =>
      firstCell<T>(info[field] as readonly Source<T>[] | undefined, key, answers, complain) ??
      firstScalar<T>(shared[field] as readonly Source<T>[] | undefined, answers, complain);
    return {
      position,
      key,
      portKey: portKeys[at] ?? null,
      kind,
      name: read<string>('name') ?? resolve('name')?.slice(0, 128) ?? null,
      number: (read<string>('number') ?? resolve('number'))?.slice(0, 64) ?? null,
      signalling: read<NonNullable<PortInfo['signalling']>>('signalling'),
      impedance: read<string>('impedance'),
      countryProfile: read<string>('countryProfile'),
      codecs: codecNames,
      t38: read<boolean>('t38'),
    };
  });
}

/** The stable key of each port when rows are renumbered: all of one scheme, so that they can be compared. */
function portKeysOf(rows: PortRows, ports: readonly { key: string }[], answers: Answers): string[] {
  for (const { scheme, source } of rows.stableNames ?? []) {
    const names = ports.map(({ key }) => {
      const value = answers.columns.get(source.oid)?.get(key);
      return isAnswer(value) ? source.codec.decode(value) : null;
    });
    const given = names.filter((name) => typeof name === 'string');
    if (given.length === ports.length && new Set(given).size === ports.length)
      return given.map((name) => `${scheme}:${name}`);
  }
  return ports.map(({ key }) => `index:${key}`);
}

function readCodecs(list: CodecList | undefined, answers: Answers, complain: Complain): string[] | null {
  if (list === undefined) return null;
  const names: string[] = [];
  let answered = false;
  if ('column' in list) {
    for (const [oid, value] of valuesOf(list.column, answers)) {
      answered = true;
      const name = list.column.codec.decode(value);
      if (name === undefined) complain(oid, misunderstood(list.column, value));
      else if (name !== null && !names.includes(name)) names.push(name);
    }
  } else {
    for (const { name, source } of list.switches) {
      const on = firstScalar([source], answers, complain);
      if (on !== null) answered = true;
      if (on === true) names.push(name);
    }
  }
  return answered ? names.slice(0, CODECS_MAX) : null;
}
