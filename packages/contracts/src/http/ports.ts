import {
  ADMIN_STATES,
  CALL_STATES,
  FAULT_REASONS,
  HOOK_STATES,
  LINE_DEVICE_CLASSES,
  NULL_REASONS,
  OPER_STATES,
  PORT_HEALTH_REASONS,
  PORT_KINDS,
  PORT_STATE_FIELD_NAMES,
  REGISTRATION_STATES,
  SEVERITIES,
  SIGNALLING,
} from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { list, paging, timeRange } from './list.ts';
import { port } from './params.ts';

/** Numbers of ports by severity; `total` is their sum. */
export const PortCounts = z
  .object({
    total: z.int(),
    ok: z.int(),
    info: z.int(),
    minor: z.int(),
    major: z.int(),
    critical: z.int(),
    unknown: z.int(),
  })
  .meta({ id: 'PortCounts' });
export type PortCounts = z.infer<typeof PortCounts>;

/** A port with its current state. `nulls` gives the reason for each null. */
export const Port = z
  .object({
    gatewayId: Id,
    position: z.int(),
    kind: z.enum(PORT_KINDS),
    name: z.string().nullable().describe('Name that the gateway reports'),
    label: z.string().nullable().describe('Name that the operator gave'),
    number: z.string().nullable(),
    lineDeviceClass: z.enum(LINE_DEVICE_CLASSES),
    signalling: z.enum(SIGNALLING).nullable(),
    impedance: z.string().nullable(),
    countryProfile: z.string().nullable(),
    codecs: z.array(z.string()).nullable(),
    t38: z.boolean().nullable(),
    admin: z.enum(ADMIN_STATES).nullable(),
    oper: z.enum(OPER_STATES).nullable(),
    hook: z.enum(HOOK_STATES).nullable(),
    call: z.enum(CALL_STATES).nullable(),
    registration: z.enum(REGISTRATION_STATES).nullable(),
    fault: z.enum(FAULT_REASONS).nullable(),
    lineVoltageV: z.number().nullable(),
    loopCurrentMa: z.number().nullable(),
    ringVoltageV: z.number().nullable(),
    jitterMs: z.number().nullable(),
    packetLossPercent: z.number().nullable(),
    callsIn: z.int().nullable(),
    callsOut: z.int().nullable(),
    callsFailed: z.int().nullable(),
    nulls: z.record(z.string(), z.enum(NULL_REASONS)),
    severity: z.enum(SEVERITIES),
    healthReason: z.enum(PORT_HEALTH_REASONS),
    stateSince: Instant.nullable().describe('When any state field last changed'),
  })
  .meta({ id: 'Port' });
export type Port = z.infer<typeof Port>;

export const StateChange = z
  .object({
    at: Instant,
    receivedAt: Instant,
    field: z.enum(PORT_STATE_FIELD_NAMES as [string, ...string[]]),
    from: z.string().nullable(),
    to: z.string().nullable(),
  })
  .meta({ id: 'StateChange' });
export type StateChange = z.infer<typeof StateChange>;

export const portEndpoints = {
  getPort: endpoint({
    id: 'getPort',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position',
    permission: 'ports.read',
    summary: 'Get a port',
    params: port,
    response: Port,
  }),
  updatePort: endpoint({
    id: 'updatePort',
    method: 'PATCH',
    path: '/api/v1/gateways/:gatewayId/ports/:position',
    permission: 'ports.write',
    summary: 'Update the label, number or line device class of a port',
    params: port,
    body: z
      .object({
        label: z.string().trim().max(120).nullable(),
        number: z.string().trim().max(64).nullable(),
        lineDeviceClass: z.enum(LINE_DEVICE_CLASSES),
      })
      .partial(),
    response: Port,
  }),
  getPortHistory: endpoint({
    id: 'getPortHistory',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position/history',
    permission: 'ports.read',
    summary: 'List state changes of a port, newest first',
    params: port,
    query: z.object({ ...timeRange, ...paging }),
    response: list(StateChange),
  }),
} as const;
