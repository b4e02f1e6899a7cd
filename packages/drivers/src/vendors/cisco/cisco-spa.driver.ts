import { textMatch } from '../../engine/codecs.ts';
import { defineDriver } from '../../engine/driver.ts';
import { standardNotifications, SYSTEM } from '../../engine/standard.ts';
import { ciscoSpaConfig } from './cisco-spa.config.ts';

/** "Linux SPA112 …" with the version of the kernel, or "CISCO SPA112 1.4.0(001)" with that of the firmware. */
const DESCRIPTION = /^(?:Linux|CISCO) (SPA\d{3,4}\w*)/i;

/** Cisco SPA1xx telephone adapters: SNMP shows the system group only, and no lines. */
export const ciscoSpa = defineDriver({
  id: 'cisco-spa',
  vendor: 'Cisco',
  revision: 2,
  evidence: 'recording',
  maturityNote:
    'A recorded system group of an SPA112 proves recognition. No object of its lines was seen: ports, states and ' +
    'registration are not in SNMP. ATA19x units are not proven at all.',
  models: [
    {
      name: 'SPA112',
      fxs: 2,
      fxo: 0,
      sysObjectId: '1.3.6.1.4.1.9.6.1.23.1.1.1.3',
      sysDescr: 'CISCO SPA112 1.4.1(002)',
      firmware: '1.4.1(002)',
      evidence: 'recording',
    },
  ],
  match: { sysObjectIds: ['1.3.6.1.4.1.9.6.1.23.1.1.1'], sysDescr: DESCRIPTION },
  pollIntervalMs: 60_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 4 },
  gateway: {
    model: ({ sysDescr }) => DESCRIPTION.exec(sysDescr ?? '')?.[1]?.toUpperCase() ?? null,
    firmware: [
      {
        oid: SYSTEM.sysDescr,
        object: 'sysDescr',
        codec: textMatch(/^CISCO SPA\w+ (\d[\w.()-]*)/i, 128, (version) => `CISCO SPA112 ${version}`),
      },
    ],
  },
  ports: { rows: { kinds: [], keyOf: String }, info: {}, state: {} },
  actions: { rules: {}, absent: 'it shows nothing but its name; a line is changed by the provisioning file.' },
  config: ciscoSpaConfig,
  notifications: { rules: standardNotifications({ rowsAreInterfaces: false }) },
});
