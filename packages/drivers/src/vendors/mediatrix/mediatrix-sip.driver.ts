import type { AdminState, OperState } from '@loopstart/domain';
import { enumOf } from '../../engine/codecs.ts';
import { column } from '../../engine/source.ts';
import { defineDriver } from '../../engine/driver.ts';
import { modelByObjectId } from '../../engine/model.ts';
import { ifAlias, ifDescr, ifName, ifRows, standardNotifications } from '../../engine/standard.ts';
import { interfaceActions } from './mediatrix.lock.ts';
import { unknownConfig } from '../../engine/config/unknown-config.ts';

/** mediatrixProducts (MX-PRODUCTS-MIB): each product has its own sysObjectID. */
const PRODUCTS = '1.3.6.1.4.1.4935.1';
/** ifAdminEntry (MX-IF-ADMIN-MIB), by ifIndex. */
const IF_ADMIN = '1.3.6.1.4.1.4935.5.8.1.10.1';

const model = (name: string, product: number, fxs: number) => ({
  name: `Mediatrix ${name}`,
  fxs,
  fxo: 0,
  sysObjectId: `${PRODUCTS}.${product}`,
  sysDescr: `Mediatrix ${name}`,
  firmware: null,
});
const models = [
  model('4102', 21, 2),
  model('1102', 3, 2),
  model('1104', 4, 4),
  model('1124', 5, 24),
  model('2102', 8, 2),
  model('4104', 22, 4),
  model('4108', 25, 8),
  model('4116', 30, 16),
  model('4124', 35, 24),
];

/** Older Mediatrix units with SIP v5 firmware. */
export const mediatrixSip = defineDriver({
  id: 'mediatrix-sip',
  vendor: 'Mediatrix',
  revision: 2,
  evidence: 'mib-only',
  maturityNote:
    'From the MIB only, until a capture proves it. Ports are the voice interfaces of ifTable; lock and usage state are ' +
    'those of MX-IF-ADMIN-MIB. The hook state and the registration of a port were not found.',
  models,
  match: { sysObjectIds: [PRODUCTS] },
  pollIntervalMs: 30_000,
  bulk: { maxRepetitions: 10, columnsPerPdu: 4 },
  gateway: { model: (unit) => modelByObjectId(models, unit) },
  ports: {
    rows: ifRows,
    info: { name: [ifName, ifAlias, ifDescr] },
    state: {
      admin: [
        column(
          `${IF_ADMIN}.3`,
          'ifAdminAdminState',
          enumOf<AdminState>({ 1: 'unlocked', 2: 'shutting-down', 3: 'locked', 4: 'locked' }),
        ),
      ],
      oper: [column(`${IF_ADMIN}.4`, 'ifAdminOpState', enumOf<OperState>({ 1: 'in-service', 2: 'out-of-service' }))],
      call: [
        // idle 1, active 2, busy 3, idle-unusable 4.
        column(`${IF_ADMIN}.5`, 'ifAdminUsageState', enumOf({ 1: 'idle', 2: 'in-use', 3: 'in-use', 4: null })),
      ],
    },
  },
  actions: { rules: interfaceActions(IF_ADMIN), absent: 'no object for it was found in its MIBs.' },
  config: unknownConfig(
    models.map(({ name }) => name),
    { digitMap: null, reason: 'no configuration file of this firmware was seen, so its keys are not known' },
  ),
  notifications: { rules: standardNotifications({ rowsAreInterfaces: true }) },
});
