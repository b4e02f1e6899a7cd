import type { PortKind } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';
import { text } from '../../engine/codecs.ts';
import { column, defineDriver, instance, type Driver, type ModelSpec } from '../../engine/driver.ts';
import { standardNotifications } from '../../engine/standard.ts';
import { textIn, textValue } from '../../engine/values.ts';
import { timedTrap } from './grandstream.timed-trap.ts';
import { hookText, registrationText } from './grandstream.words.ts';

/** grandstream enterprise; gxw42xx and ht8xx branches (GS-GXW42XX-MIB, GS-HT8XX-MIB). */
const GXW = '1.3.6.1.4.1.42397.1.1';
const HT = '1.3.6.1.4.1.42397.1.2';

/**
 * The number of ports is the number of hook rows: the other columns answer for ports that are not there. Rows are
 * scalars by their MIB (hookStatus1 …), each with the instance .0.0.
 */
function family(options: {
  id: string;
  base: Oid;
  /** The two MIBs write its name differently. */
  partNo: 'partNo' | 'PartNo';
  models: readonly ModelSpec[];
  sysDescr: RegExp;
  model: Driver['gateway']['model'];
  proven: Driver['proven'];
  evidence: Driver['evidence'];
  maturityNote: string;
  kindOf?: (position: number, sysDescr: string | null) => PortKind | undefined;
}): Driver {
  const { base } = options;
  const hook = column(`${base}.2.1`, 'hookStatus', hookText);
  return defineDriver({
    id: options.id,
    vendor: 'Grandstream',
    revision: 1,
    evidence: options.evidence,
    proven: options.proven,
    maturityNote: options.maturityNote,
    models: options.models,
    // sysObjectID is net-snmp's own, so the description decides, and partNo where that was changed.
    match: { sysDescr: options.sysDescr, probes: [`${base}.1.0.0`] },
    pollIntervalMs: 30_000,
    bulk: { maxRepetitions: 24, columnsPerPdu: 2 },
    gateway: {
      model: options.model,
      firmware: [instance(`${base}.3.4.0.0`, 'versionProg', text(128))],
      hardwareRevision: [instance(`${base}.1.0.0`, options.partNo, text(128))],
    },
    ports: {
      rows: {
        kinds: [
          {
            ...hook,
            codec: {
              decode: (value) => (textIn(value) === undefined ? undefined : 'fxs'),
              encode: () => textValue(''),
            },
          },
        ],
        positionOf: (key) => Number(/^(\d{1,3})\.0\.0$/.exec(key)?.[1] ?? 0) || null,
        keyOf: (position) => `${position}.0.0`,
        ...(options.kindOf && { kindOf: options.kindOf }),
      },
      info: {},
      state: { hook: [hook], registration: [column(`${base}.2.2`, 'regStatus', registrationText)] },
    },
    actions: {},
    withoutActions: 'all its objects are read-only.',
    notifications: [timedTrap(base), ...standardNotifications({ rowsAreInterfaces: false })],
  });
}

const gxwModel = (ports: number, evidence?: 'recording'): ModelSpec => ({
  name: `GXW42${ports}`,
  fxs: ports,
  fxo: 0,
  sysObjectId: '1.3.6.1.4.1.8072.3.2.10',
  sysDescr: 'Linux GXW4200 2.6.28.8 mips',
  firmware: '1.0.23.9',
  ...(evidence && { evidence }),
});
const gxwModels = [gxwModel(24, 'recording'), gxwModel(16), gxwModel(32), gxwModel(48)];

export const grandstreamGxw = family({
  id: 'grandstream-gxw',
  base: GXW,
  partNo: 'partNo',
  models: gxwModels,
  sysDescr: /^Linux GXW\d/,
  // The description names the family alone ("GXW4200"); the number of ports completes it.
  model: ({ sysDescr, ports }) =>
    gxwModels.find(({ fxs }) => fxs === ports.length)?.name ?? /^Linux (GXW\w+)/.exec(sysDescr ?? '')?.[1] ?? null,
  evidence: 'recording',
  proven: ['hook', 'registration', 'uptimeS'],
  maturityNote:
    'A recorded walk of a GXW4224 proves recognition, port count, hook state on hook, SIP registration and firmware; ' +
    'the text for off hook and the timed notification are from the MIB and a field template. Two numbers that may be ' +
    'temperatures are not in the MIB and not read.',
});

const htModel = (name: string, fxs: number, fxo = 0): ModelSpec => ({
  name,
  fxs,
  fxo,
  sysObjectId: '1.3.6.1.4.1.8072.3.2.10',
  sysDescr: `Linux ${name} 3.4.20 armv7l`,
  firmware: '1.0.53.3',
});

export const grandstreamHt = family({
  id: 'grandstream-ht',
  base: HT,
  partNo: 'PartNo',
  models: [htModel('HT802', 2), htModel('HT801', 1), htModel('HT812', 2), htModel('HT813', 1, 1), htModel('HT814', 4)],
  sysDescr: /^Linux HT\d/,
  model: ({ sysDescr }) => /^Linux (HT\w+)/.exec(sysDescr ?? '')?.[1] ?? null,
  // The second port of an HT813 is FXO; no object says so.
  kindOf: (position, sysDescr) => (position === 2 && /\bHT813\b/.test(sysDescr ?? '') ? 'fxo' : undefined),
  evidence: 'mib-only',
  proven: [],
  maturityNote:
    'From the MIB only; the layout is that of the GXW family, which a recording proves. SNMP is off by default and, ' +
    'by a field report, starts only after a reboot.',
});
