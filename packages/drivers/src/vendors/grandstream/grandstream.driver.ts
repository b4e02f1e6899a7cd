import type { Oid } from '@loopstart/snmp';
import { identityText, macAddress, text } from '../../engine/codecs.ts';
import { anyInstance, column } from '../../engine/source.ts';
import { defineDriver, type Driver } from '../../engine/driver.ts';
import type { ModelSpec, SystemTexts } from '../../engine/model.ts';
import type { PortRows } from '../../engine/slices/ports.ts';
import { modelByName } from '../../engine/model.ts';
import { standardNotifications } from '../../engine/standard.ts';
import { textIn, textValue } from '../../engine/values.ts';
import type { ConfigSlice } from '../../engine/slices/config.ts';
import { grandstreamGxwConfig, grandstreamHtConfig } from './grandstream.config.ts';
import { htRegistration } from './grandstream.registration.ts';
import { timedTrap } from './grandstream.timed-trap.ts';
import { hookText, registrationText } from './grandstream.words.ts';

/** grandstream enterprise; gxw42xx and ht8xx branches (GS-GXW42XX-MIB, GS-HT8XX-MIB). */
const GXW = '1.3.6.1.4.1.42397.1.1';
const HT = '1.3.6.1.4.1.42397.1.2';

/** Units answer their scalars at .0.0 or, some firmware of the HT802, at .0. */
const USUAL = '0.0';

const registration = (base: Oid) => column(`${base}.2.2`, 'regStatus', registrationText);

/**
 * The number of ports is the number of hook rows: the other columns also answer for absent ports. Rows are scalars by
 * their MIB (hookStatus1 …), whose instance is read from the unit.
 */
function family(options: {
  id: string;
  base: Oid;
  /** The two MIBs write its name differently. */
  partNo: 'partNo' | 'PartNo';
  models: readonly ModelSpec[];
  sysDescr: RegExp;
  model: Driver['gateway']['model'];
  evidence: Driver['evidence'];
  maturityNote: string;
  kindOf?: PortRows['kindOf'];
  ports?: Pick<Driver['ports'], 'infoResolvers' | 'resolvers'> & { info?: Driver['ports']['info'] };
  macAddress?: Driver['gateway']['macAddress'];
  config: ConfigSlice;
}): Driver {
  const { base } = options;
  const hook = column(`${base}.2.1`, 'hookStatus', hookText);
  return defineDriver({
    id: options.id,
    vendor: 'Grandstream',
    revision: 2,
    evidence: options.evidence,
    maturityNote: options.maturityNote,
    models: options.models,
    // sysObjectID is net-snmp's own, so the description decides, and partNo where the description was changed.
    match: { sysDescr: options.sysDescr, probes: [`${base}.1.0.0`, `${base}.1.0`] },
    pollIntervalMs: 30_000,
    bulk: { maxRepetitions: 24, columnsPerPdu: 2 },
    gateway: {
      model: options.model,
      firmware: [anyInstance(`${base}.3.4`, 'versionProg', identityText(128), USUAL)],
      hardwareRevision: [anyInstance(`${base}.1`, options.partNo, identityText(128), USUAL)],
      ...(options.macAddress && { macAddress: options.macAddress }),
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
        positionOf: (key) => Number(/^(\d{1,3})(?:\.0){1,2}$/.exec(key)?.[1] ?? 0) || null,
        keyOf: (position) => `${position}.${USUAL}`,
        ...(options.kindOf && { kindOf: options.kindOf }),
      },
      info: options.ports?.info ?? {},
      state: {
        hook: [hook],
        ...(options.ports?.resolvers ? {} : { registration: [registration(base)] }),
      },
      ...(options.ports?.resolvers && { resolvers: options.ports.resolvers }),
    },
    config: options.config,
    actions: { rules: {}, absent: 'all its objects are read-only.' },
    notifications: { rules: [timedTrap(base), ...standardNotifications({ rowsAreInterfaces: false })] },
  });
}

const gxwModel = (ports: number, proven?: ModelSpec['proven']): ModelSpec => ({
  name: `GXW42${ports}`,
  fxs: ports,
  fxo: 0,
  sysObjectId: '1.3.6.1.4.1.8072.3.2.10',
  sysDescr: 'Linux GXW4200 2.6.28.8 mips',
  firmware: '1.0.23.9',
  ...(proven && { evidence: 'recording', proven }),
});
const gxwModels = [gxwModel(24, ['hook', 'registration', 'uptimeS']), gxwModel(16), gxwModel(32), gxwModel(48)];

export const grandstreamGxw = family({
  id: 'grandstream-gxw',
  base: GXW,
  config: grandstreamGxwConfig,
  partNo: 'partNo',
  models: gxwModels,
  sysDescr: /^Linux GXW\d/,
  // The description names the family alone ("GXW4200"); the number of ports completes it.
  model: ({ ports }) => gxwModels.find(({ fxs }) => fxs === ports.length)?.name ?? null,
  evidence: 'recording',
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

const htModels = [
  htModel('HT802', 2),
  htModel('HT801', 1),
  htModel('HT812', 2),
  htModel('HT813', 1, 1),
  htModel('HT814', 4),
  htModel('HT818', 8),
  htModel('HT801V2', 1),
  htModel('HT802V2', 2),
  htModel('HT812V2', 2),
  htModel('HT814V2', 4),
  htModel('HT818V2', 8),
];

/**
 * Newer firmware describes every unit as "HT8XX": then the name counts, which is the model until a person changes it.
 */
function htModelOf({ sysDescr, sysName }: SystemTexts): string | null {
  const described = /^Linux (HT\w+)/.exec(sysDescr ?? '')?.[1] ?? null;
  return modelByName(htModels, described) ?? modelByName(htModels, sysName);
}

/** Not in the MIB; in recordings the SIP user of the port, and no row for a port without an account. */
const htNumber = column(`${HT}.2.7`, 'sipUserId', text(64));

export const grandstreamHt = family({
  id: 'grandstream-ht',
  base: HT,
  config: grandstreamHtConfig,
  partNo: 'PartNo',
  models: htModels,
  sysDescr: /^Linux HT\d/,
  model: htModelOf,
  // The second port of an HT813 is FXO; no object says so.
  kindOf: (position, system) => (position === 2 && htModelOf(system) === 'HT813' ? 'fxo' : undefined),
  ports: { info: { number: [htNumber] }, resolvers: [htRegistration(HT, registration(HT), htNumber)] },
  // Not in the MIB; in recordings of units with one network port and with two; with two, the second is also that of
  // one.
  macAddress: [
    anyInstance(`${HT}.4.7`, 'macAddress', macAddress, USUAL),
    anyInstance(`${HT}.4.5`, 'lanMacAddress', macAddress, USUAL),
  ],
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only; the layout is that of the GXW family, which a recording proves. SNMP is off by default and, ' +
    'by a field report, starts only after a reboot.',
});
