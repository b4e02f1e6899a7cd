import type { CallStep, Inventory, Report } from '@loopstart/contracts';
import { NO_QUALITY } from '@loopstart/domain';

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

/** A step of a call of which nothing but its key is known; `rest` says more. */
export function stepOf(gatewayId: string, at: number, rest: Partial<CallStep> = {}): CallStep {
  return {
    gatewayId,
    at,
    format: 'audiocodes-gateway',
    phase: 'start',
    callKey: 'a1:1:7/1',
    sessionKey: 'a1:1:7',
    position: null,
    direction: null,
    dialled: null,
    called: null,
    calling: null,
    forwardedTo: null,
    channel: null,
    trunk: null,
    device: null,
    lineNumber: null,
    gatewaySetupAt: null,
    gatewayConnectAt: null,
    gatewayReleaseAt: null,
    talkMs: null,
    cause: null,
    causeCode: null,
    sipCode: null,
    endedBy: null,
    codec: null,
    fax: null,
    quality: NO_QUALITY,
    nulls: { position: 'not-sent' },
    ...rest,
  };
}
