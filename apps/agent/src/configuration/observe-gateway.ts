import type { DownOf } from '@loopstart/contracts';
import { identityOf, permission, type ApplyObservation, type LineFact } from '@loopstart/domain';
import { actionSubject, stateAt } from '../actions/action-subject.ts';
import { observe, type Observed } from '../actions/observe.ts';
import type { Clock } from '../core/clock.ts';
import type { GatewaySession } from '../session/gateway-session.ts';

export type ConfigRequest = Omit<DownOf<'gateway-config'>, 'v' | 'kind'>;

/** What is known of the gateway alone. */
export type GatewayObservation = Pick<ApplyObservation, 'answers' | 'identity' | 'lines' | 'refusal' | 'firmware'>;

const SILENT: GatewayObservation = { answers: false, identity: 'unknown', lines: null, refusal: null, firmware: null };

/**
 * Reads the gateway of a job anew, its identity included; for use inside `exclusively`. `permits`: also whether its lines
 * may be disturbed, which may take ten seconds more. Never rejects: a gateway that is not read is silent.
 */
export async function observeGateway(
  session: GatewaySession | null,
  request: ConfigRequest,
  permits: boolean,
  clock: Clock,
  signal: AbortSignal,
): Promise<GatewayObservation> {
  if (session === null) return SILENT;
  let known: Observed | null;
  try {
    const first = await session.readNow({ inventory: true });
    if (first === null) return SILENT;
    const { canWrite, emergencyCalls } = session;
    known = permits
      ? // A change of the configuration disturbs the lines of gateways that cannot be restarted over SNMP, too.
        await observe(session, 'reboot', clock, signal, () => true)
      : { ...first, canWrite, emergencyCalls, onHookForMs: [] };
  } catch {
    return SILENT;
  }
  if (known === null || known.reading === null) return SILENT;
  const { inventory, driver, reading } = known;
  const { model, firmware, macAddress, serial: serialNumber } = inventory.gateway;
  const found = identityOf(request.expects, { driverId: driver.id, model, firmware, macAddress, serialNumber });
  return {
    answers: true,
    identity: inventory.gatewayId === request.gatewayId ? found : 'other',
    lines: inventory.ports.map(({ position }, at): LineFact => {
      const { registration, oper, fault } = stateAt(reading, at);
      return { position, registration, oper, fault };
    }),
    refusal: permits ? refusalOf(request, known, clock.now()) : null,
    firmware,
  };
}

/** Why the lines of the whole gateway must not be disturbed: as for a restart, whether SNMP can write to it or not. */
function refusalOf(request: ConfigRequest, known: Observed, nowMs: number): ApplyObservation['refusal'] {
  const { lifeSafetyConfirmed, overrideReason, ports } = request;
  return permission(
    { type: 'reboot', position: null, mayAct: true, lifeSafetyConfirmed, overridden: overrideReason !== null },
    {
      ...actionSubject({ lineDeviceClass: 'unknown', ports: [...ports] }, known, nowMs),
      supported: ['reboot'],
      canWrite: true,
    },
  ).refusal;
}
