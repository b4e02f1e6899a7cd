import type { Oid, VarBind } from '@loopstart/snmp';
import { generic } from '../vendors/generic/generic.driver.ts';
import { interpretInventory } from './interpret-inventory.ts';
import { inventoryPlan } from './plan.ts';
import { answersFrom } from './snmprec.ts';
import { isAnswer, textIn } from './values.ts';

const ENTERPRISES = '1.3.6.1.4.1.';
const CANDIDATES_MAX = 60;

/** A column that may be part of a port table: it has as many rows as its neighbours. */
interface Candidate {
  oid: Oid;
  rows: number;
  firstKey: string;
  type: string;
  /** Its values; numbers only, because texts may be secrets. */
  values: string;
}

/**
 * Source text of a new driver for unknown hardware: recognition filled in, ports by IF-MIB, and the vendor's own
 * columns listed as candidates with their numbers. Texts of the recording are not repeated, except the beginning of the
 * description, which identifies the vendor.
 */
export function scaffoldDriver(recording: readonly VarBind[]): string {
  const found = interpretInventory(generic, answersFrom(recording, inventoryPlan(generic)));
  const { sysObjectId, sysDescr } = found.gateway;
  const enterprise = enterpriseOf(sysObjectId, recording);
  const id = driverIdFor(sysDescr ?? '', enterprise);
  // A name to begin with; the author of the driver knows the model.
  const model = sysDescr?.split(/[,;(]/)[0]?.trim() || null;
  const camel = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const candidates = candidateColumns(recording, enterprise);
  const ownObjectId =
    sysObjectId !== null && enterprise !== null && sysObjectId.startsWith(`${ENTERPRISES}${enterprise}.`);
  const firstWord = /^[\w-]+(?: [\w-]*\d[\w-]*)?/.exec(sysDescr ?? '')?.[0];
  const match = ownObjectId
    ? `sysObjectIds: [${quote(sysObjectId)}]`
    : firstWord === undefined
      ? `probes: [${quote(candidates[0] ? `${candidates[0].oid}.${candidates[0].firstKey}` : `${ENTERPRISES}0.0`)}]`
      : `sysDescr: /^${firstWord.replace(/[.*+?^$()|[\]{}\\/]/g, '\\$&')}/`;
  return `import { defineDriver } from '../../engine/driver.ts';
import {
  ifAdminStatus,
  ifAlias,
  ifDescr,
  ifName,
  ifOperStatus,
  ifRows,
  standardNotifications,
} from '../../engine/standard.ts';

/*
 * Made from a recording. ${found.ports.length === 0 ? 'IF-MIB shows no FXS or FXO port (ifType 101 or 102) here.' : `IF-MIB shows ${found.ports.length} FXS or FXO ports.`}
 * Columns of the vendor that may belong to ports, with their values. Find their names and meanings in the
 * vendor's MIB, then add them to ports.state as column('<OID>', '<object name>', enumOf({ … })):
${candidates.map(({ oid, rows, firstKey, type, values }) => ` *   ${oid} (${rows} rows from .${firstKey}, ${type})${values}`).join('\n') || ' *   none: the recording has no table of the vendor'}
 */
export const ${camel} = defineDriver({
  id: ${quote(id)},
  vendor: ${quote(id.split('-')[0] ?? id)},
  revision: 1,
  evidence: 'mib-only',
  maturityNote: 'Begun from one recording; only standard objects are read.',
  models: [
    {
      name: ${quote(model ?? id)},
      fxs: ${found.ports.filter(({ kind }) => kind === 'fxs').length},
      fxo: ${found.ports.filter(({ kind }) => kind === 'fxo').length},
      sysObjectId: ${sysObjectId === null ? 'null' : quote(sysObjectId)},
      sysDescr: ${quote(model ?? '')},
      firmware: null,
    },
  ],
  match: { ${match} },
  pollIntervalMs: 60_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 4 },
  gateway: { model: () => ${model === null ? 'null' : quote(model)} },
  ports: {
    rows: ifRows,
    info: { name: [ifName, ifAlias, ifDescr] },
    state: { admin: [ifAdminStatus], oper: [ifOperStatus] },
  },
  actions: { rules: {}, absent: 'no object for it is known yet.' },
  notifications: { rules: standardNotifications({ rowsAreInterfaces: true }) },
});
`;
}

/** Kebab-case name for a driver: the first words of the description, else the enterprise number. */
export function driverIdFor(sysDescr: string, enterprise: string | null): string {
  const words =
    sysDescr
      .toLowerCase()
      .match(/[a-z][a-z0-9]*/g)
      ?.slice(0, 2) ?? [];
  return words.join('-') || `enterprise-${enterprise ?? 'unknown'}`;
}

/** Enterprise number of the vendor: that of sysObjectID, or the one with most objects where that is net-snmp's. */
function enterpriseOf(sysObjectId: string | null, recording: readonly VarBind[]): string | null {
  const number = (oid: Oid) =>
    oid.startsWith(ENTERPRISES) ? (oid.slice(ENTERPRISES.length).split('.')[0] ?? null) : null;
  const own = sysObjectId === null ? null : number(sysObjectId);
  if (own !== null && own !== '8072') return own;
  const counts = new Map<string, number>();
  for (const { oid } of recording) {
    const found = number(oid);
    if (found !== null && found !== '8072') counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? own;
}

function candidateColumns(recording: readonly VarBind[], enterprise: string | null): Candidate[] {
  if (enterprise === null) return [];
  const columns = new Map<Oid, VarBind[]>();
  for (const varbind of recording) {
    if (!varbind.oid.startsWith(`${ENTERPRISES}${enterprise}.`) || varbind.oid.endsWith('.0')) continue;
    const oid = varbind.oid.slice(0, varbind.oid.lastIndexOf('.'));
    columns.set(oid, [...(columns.get(oid) ?? []), varbind]);
  }
  return [...columns]
    .filter(([, rows]) => rows.length > 1)
    .slice(0, CANDIDATES_MAX)
    .map(([oid, rows]) => ({
      oid,
      rows: rows.length,
      firstKey: (rows[0] as VarBind).oid.slice(oid.length + 1),
      type: (rows[0] as VarBind).value.type,
      values: valuesOf(rows),
    }));
}

function valuesOf(rows: readonly VarBind[]): string {
  const numbers = new Set<string>();
  for (const { value } of rows) {
    if (isAnswer(value) && textIn(value) === undefined && value.type !== 'oid' && value.type !== 'ip') {
      numbers.add(String(value.value));
    }
  }
  return numbers.size === 0 ? '' : ` values ${[...numbers].slice(0, 8).join(', ')}`;
}

/** A string literal of TypeScript in single quotes. */
function quote(text: string): string {
  return `'${text
    .replace(/\\/g, '\\\\')
    .replace(/'/g, "\\'")
    .replace(/[\r\n\u2028\u2029]/g, ' ')}'`;
}
