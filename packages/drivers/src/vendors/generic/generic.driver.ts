import { column, defineDriver } from '../../engine/driver.ts';
import { text } from '../../engine/codecs.ts';
import {
  ifAdminStatus,
  ifAlias,
  ifDescr,
  ifName,
  ifOperStatus,
  ifRows,
  standardNotifications,
} from '../../engine/standard.ts';

const entPhysical = (arc: number, object: string) => column(`1.3.6.1.2.1.47.1.1.1.1.${arc}`, object, text(128));

/** Any gateway that speaks the standard: system group, IF-MIB voice interfaces, ENTITY-MIB. */
export const generic = defineDriver({
  id: 'generic',
  vendor: 'Unknown maker',
  revision: 1,
  evidence: 'generic',
  proven: ['uptimeS'],
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
    modelText: [entPhysical(13, 'entPhysicalModelName')],
    model: ({ modelText, sysDescr }) =>
      modelText ?? (sysDescr === null ? null : sysDescr.split(/[,;(]/)[0]?.trim() || null),
    firmware: [entPhysical(10, 'entPhysicalSoftwareRev')],
    hardwareRevision: [entPhysical(8, 'entPhysicalHardwareRev')],
    serial: [entPhysical(11, 'entPhysicalSerialNum')],
  },
  ports: {
    rows: ifRows,
    info: { name: [ifName, ifAlias, ifDescr] },
    state: { admin: [ifAdminStatus], oper: [ifOperStatus] },
  },
  actions: {},
  withoutActions: 'only standard objects are known of it, and they have none.',
  notifications: standardNotifications({ rowsAreInterfaces: true }),
});
