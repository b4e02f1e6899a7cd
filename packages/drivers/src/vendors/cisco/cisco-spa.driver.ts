import { defineDriver } from '../../engine/driver.ts';
import { standardNotifications } from '../../engine/standard.ts';

/** Cisco SPA1xx telephone adapters: SNMP shows the system group and nothing of the lines. */
export const ciscoSpa = defineDriver({
  id: 'cisco-spa',
  vendor: 'Cisco',
  revision: 1,
  evidence: 'recording',
  proven: [],
  maturityNote:
    'A recorded system group of an SPA112 proves recognition. No object of its lines was seen: ports, states and ' +
    'registration are not in SNMP. ATA19x units are not proven at all.',
  models: [
    {
      name: 'SPA112',
      fxs: 2,
      fxo: 0,
      sysObjectId: '1.3.6.1.4.1.9.6.1.23.1.1.1.3',
      sysDescr: 'Linux SPA112 2.6.26.5 armv5tejl',
      firmware: null,
      evidence: 'recording',
    },
  ],
  match: { sysObjectIds: ['1.3.6.1.4.1.9.6.1.23.1.1.1'], sysDescr: /^Linux SPA\d/ },
  pollIntervalMs: 60_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 4 },
  gateway: { model: ({ sysDescr }) => /^Linux (SPA\w+)/.exec(sysDescr ?? '')?.[1] ?? null },
  ports: { rows: { kinds: [], keyOf: String }, info: {}, state: {} },
  actions: {},
  withoutActions: 'it shows nothing but its name; a line is changed by the provisioning file.',
  notifications: standardNotifications({ rowsAreInterfaces: false }),
});
