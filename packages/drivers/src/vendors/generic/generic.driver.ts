import { identityText, textMatch } from '../../engine/codecs.ts';
import { defineDriver } from '../../engine/driver.ts';
import { ofChassis, type Source } from '../../engine/source.ts';
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

const chassis = (arc: number, object: string) => ofChassis(arc, object, identityText(128));

/**
 * One field of a DOCSIS description: "<<HW_REV: 2; VENDOR: …; BOOTR: …; SW_REV: …; MODEL: …>>" at its end
 * (CableLabs CM-SP-OSSIv3.0, annex on the system group).
 */
const docsis = (field: string): Source<string> => ({
  oid: SYSTEM.sysDescr,
  object: 'sysDescr',
  codec: {
    ...textMatch(new RegExp(`<<(?:[^<>]*;)?\\s*${field}:\\s*([^;<>]+)[^<>]*>>`), 128, String),
    encode: () => undefined,
  },
});

/** Any gateway with standard objects: system group, IF-MIB voice interfaces, ENTITY-MIB. */
export const generic = defineDriver({
  id: 'generic',
  vendor: 'Unknown maker',
  revision: 2,
  evidence: 'generic',
  maturityNote:
    'Reads standard objects only: the system group, voice interfaces of IF-MIB (ifType 101 FXO and 102 FXS) and ' +
    'ENTITY-MIB. Hook, call and registration state are in no standard MIB.',
  models: [
    {
      name: 'Voice gateway',
      fxs: 4,
      fxo: 0,
      sysObjectId: '1.3.6.1.4.1.99999.1',
      sysDescr: 'Voice gateway',
      firmware: '1.0',
    },
  ],
  match: {},
  pollIntervalMs: 60_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 4 },
  gateway: {
    vendor: [docsis('VENDOR')],
    modelText: [chassis(13, 'entPhysicalModelName'), docsis('MODEL')],
    model: ({ modelText }) => modelText,
    firmware: [chassis(10, 'entPhysicalSoftwareRev'), docsis('SW_REV')],
    hardwareRevision: [chassis(8, 'entPhysicalHardwareRev'), docsis('HW_REV')],
    serial: [chassis(11, 'entPhysicalSerialNum')],
  },
  ports: {
    rows: ifRows,
    info: { name: [ifName, ifAlias, ifDescr] },
    state: { admin: [ifAdminStatus], oper: [ifOperStatus] },
  },
  actions: { rules: {}, absent: 'only standard objects are known of it, and they have none.' },
  notifications: { rules: standardNotifications({ rowsAreInterfaces: true }) },
});
