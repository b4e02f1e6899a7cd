import type { Inventory, Report } from '@loopstart/contracts';

/** Bodies of agent messages, as small as the contract allows. */
export function inventoryOf(gatewayId: string, positions: readonly number[], revision = 1): Inventory {
  return {
    gatewayId,
    revision,
    address: '192.0.2.10',
    driverId: 'generic',
    driverRevision: 1,
    evidence: 'generic',
    unknownHardware: false,
    pollIntervalMs: 60_000,
    gateway: {
      vendor: 'Acme',
      model: 'FX-4',
      firmware: '1.0',
      hardwareRevision: null,
      serial: 'S1',
      macAddress: null,
      sysName: 'north-gw',
      sysDescr: null,
      sysObjectId: null,
      powerSource: 'mains',
    },
    capabilities: { hook: 'measured' },
    actions: ['poll-now'],
    ports: positions.map((position) => ({
      position,
      key: String(position),
      kind: 'fxs',
      name: `FXS ${position}`,
      number: null,
      signalling: 'loop-start',
      impedance: null,
      countryProfile: null,
      codecs: ['G711'],
      t38: true,
    })),
  };
}

export function reportOf(gatewayId: string, at: number, rest: Partial<Report> = {}): Report {
  return { gatewayId, at, revision: 1, full: false, pollMs: 20, ...rest };
}
