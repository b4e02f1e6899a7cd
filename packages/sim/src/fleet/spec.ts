import { PORTS_MAX, SnmpAccess } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { driverById, drivers } from '@loopstart/drivers';
import { z } from 'zod';
import { ScriptedFault } from '../fault/fault.ts';
import { isTimeZone } from '../local-time.ts';
import { PROVISIONED_DRIVERS } from '../provisioning/provisioned-drivers.ts';
import { ProvisioningSpec, SipServiceSpec } from '../provisioning/spec.ts';
import { SimSpecError } from './spec-error.ts';

export { SimSpecError } from './spec-error.ts';

const name = z.string().min(1).max(128);
const UdpPort = z.int().min(0).max(65_535);
const ipv4 = z.ipv4('must be an IPv4 address, best one of 127.0.0.0/8');

/** One port of a simulated gateway. Defaults describe an ordinary phone. */
export const SimPortSpec = z.strictObject({
  /** The operator's name for the line, for example "Lift car 2". */
  label: z.string().min(1).max(128).optional(),
  /** Extension or directory number. */
  number: z.string().min(1).max(64).optional(),
  device: z.enum(LINE_DEVICE_CLASSES).default('phone'),
  /** Whether the gateway keeps a SIP registration for it; an unused port has none. */
  registers: z.boolean().optional(),
});
export type SimPortSpec = z.infer<typeof SimPortSpec>;

/** Where a gateway sends its traps and informs. */
export const NotifySpec = z.strictObject({
  host: ipv4.default('127.0.0.1'),
  port: z.int().min(1).max(65_535),
  /** Informs wait for an answer and are repeated; traps are sent once. */
  inform: z.boolean().default(false),
  /** Defaults to the access by which the gateway itself is read. */
  access: SnmpAccess.optional(),
});
export type NotifySpec = z.infer<typeof NotifySpec>;

/** Where a gateway sends syslog lines about its calls, if its maker's units do. */
export const SyslogSpec = z.strictObject({ host: ipv4.default('127.0.0.1'), port: z.int().min(1).max(65_535) });
export type SyslogSpec = z.infer<typeof SyslogSpec>;

/**
 * One value that replaces that of a recording, for example `{ oid: '1.3.6.1.2.1.1.5.0', type: 'octets', value: 'gw-1'
 * }`.
 */
export const OverrideSpec = z
  .strictObject({
    oid: z.string().regex(/^\d+(\.\d+)+$/, 'must be an OID in dotted decimal'),
    type: z.enum(['integer', 'counter32', 'gauge32', 'timeticks', 'octets', 'oid', 'ip']),
    value: z.union([z.string(), z.int()]),
  })
  .refine(({ type, value }) => typeof value === 'number' || ['octets', 'oid', 'ip'].includes(type), {
    path: ['value'],
    message: 'must be a whole number for this type',
  });
export type OverrideSpec = z.infer<typeof OverrideSpec>;

/** One simulated gateway. */
export const SimGatewaySpec = z
  .strictObject({
    /** Unique in its fleet: commands name the gateway by it. */
    name,
    /** Id of a driver; also where a recording is served, for the notifications and SETs of the gateway. */
    driver: name.default('generic'),
    /** A model that the driver knows; default: its first one. */
    model: name.optional(),
    firmware: name.optional(),
    serial: name.optional(),
    macAddress: z
      .string()
      .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'must look like 00:90:8f:12:34:56')
      .optional(),
    /** Own address on this machine; default: 127.0.0.1. */
    address: ipv4.default('127.0.0.1'),
    /** 0 takes any free port. */
    port: UdpPort.default(0),
    /** SET is accepted with the write community only; without one nothing can be written. */
    access: SnmpAccess.default({ version: 'v2c', community: 'public', writeCommunity: 'private' }),
    /** Whether the SNMPv3 user of `access` has no write view. */
    readOnlyUser: z.boolean().default(false),
    notify: NotifySpec.optional(),
    syslog: SyslogSpec.optional(),
    /** From port 1 on; ports that are not listed are unused. */
    ports: z.array(SimPortSpec).max(PORTS_MAX).default([]),
    faults: z.array(ScriptedFault).max(200).default([]),
    /** File with a recording (.snmprec) to answer from, instead of the driver's own tables. */
    recording: z.string().min(1).optional(),
    /** How long it has been on when the simulation starts, ms; absent: some hours, by the seed. */
    upMs: z.int().min(0).optional(),
    overrides: z.array(OverrideSpec).max(1_000).default([]),
    /** How it takes its configuration; absent: it has no such face, and its lines are as described here. */
    provisioning: ProvisioningSpec.optional(),
  })
  .superRefine((gateway, context) => {
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const driver = driverById(gateway.driver);
    if (driver === undefined) {
      problem(['driver'], `must be one of ${drivers.map(({ id }) => id).join(', ')}`);
      return;
    }
    if (gateway.provisioning !== undefined && !PROVISIONED_DRIVERS.has(gateway.driver)) {
      problem(['provisioning'], `must be left out: ${gateway.driver} has no provisioning face here`);
    }
    const model =
      gateway.model === undefined ? driver.models[0] : driver.models.find((one) => one.name === gateway.model);
    if (model === undefined) {
      problem(['model'], `must be one of ${driver.models.map((one) => one.name).join(', ')}`);
      return;
    }
    const ports = model.fxs + model.fxo;
    if (gateway.ports.length > ports) problem(['ports'], `must be at most ${ports}: a ${model.name} has no more`);
    for (const [at, { port }] of gateway.faults.entries()) {
      if (port !== null && port > ports) problem(['faults', at, 'port'], `must be at most ${ports}`);
    }
    if (gateway.recording === undefined && gateway.overrides.length > 0) {
      problem(['overrides'], 'must be left out where there is no recording');
    }
  });
export type SimGatewaySpec = z.infer<typeof SimGatewaySpec>;

/** One site of a customer. */
export const SimSiteSpec = z.strictObject({
  name,
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/London'),
  addressLines: z.array(z.string().max(200)).max(8).default([]),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** Where emergency services must go after a call. */
  emergencyLocation: z.string().max(500).optional(),
  gateways: z.array(SimGatewaySpec).min(1).max(20_000),
});
export type SimSiteSpec = z.infer<typeof SimSiteSpec>;

export const SimCustomerSpec = z.strictObject({ name, sites: z.array(SimSiteSpec).min(1).max(10_000) });
export type SimCustomerSpec = z.infer<typeof SimCustomerSpec>;

/** A simulated fleet, as data. */
export const SimFleetSpec = z
  .strictObject({
    /** The same seed gives the same history. */
    seed: z.int().min(0).max(4_294_967_295).default(1),
    /** How much faster than real time the lines live: 1 is real, 12 shows a busy office within a minute. */
    pace: z.number().min(0.1).max(1_000).default(1),
    /** Where gateways with provisioning register their lines. */
    sipService: SipServiceSpec.optional(),
    customers: z.array(SimCustomerSpec).min(1).max(10_000),
  })
  .superRefine((fleet, context) => {
    const seen = new Map<string, string>();
    for (const [c, customer] of fleet.customers.entries()) {
      for (const [s, site] of customer.sites.entries()) {
        for (const [g, gateway] of site.gateways.entries()) {
          const path = ['customers', c, 'sites', s, 'gateways', g, 'name'];
          const before = seen.get(gateway.name);
          if (before !== undefined) {
            context.addIssue({ code: 'custom', path, message: `must be unique; ${before} has a gateway of this name` });
          }
          seen.set(gateway.name, `site "${site.name}"`);
        }
      }
    }
  });
export type SimFleetSpec = z.infer<typeof SimFleetSpec>;
/** A fleet as a person writes it: fields with a default are optional. */
export type SimFleetInput = z.input<typeof SimFleetSpec>;
export type SimGatewayInput = z.input<typeof SimGatewaySpec>;

/** Parses `input` with `schema`. Throws SimSpecError with the first invalid field. */
export function parseSpec<S extends z.ZodType>(schema: S, input: unknown, what: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = (issue?.path ?? []).map(String).join('.');
  const message = (issue?.message ?? 'is not understood').replace(/^Invalid input: /, '');
  throw new SimSpecError(field, field === '' ? `The ${what}: ${message}.` : `The ${what}: ${field}: ${message}.`);
}
