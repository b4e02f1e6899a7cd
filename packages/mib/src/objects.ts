import {
  NULL_REASONS,
  PORT_KINDS,
  PORT_MEASURE_NAMES,
  type PortMeasure,
  PORT_STATE_FIELD_NAMES,
  PORT_STATE_FIELDS,
  type PortStateField,
} from '@loopstart/domain';
import type { AgentFacts, GatewayFacts, PortFacts } from './facts.ts';
import type { MibGroup, MibObject, MibTable, Syntax } from './syntax.ts';

const text = (max: number): Syntax => ({ base: 'text', max });
const UUID: Syntax = { base: 'uuid' };
const TIME: Syntax = { base: 'time' };
const GAUGE: Syntax = { base: 'gauge' };
const upperFirst = (word: string) => `${word[0]!.toUpperCase()}${word.slice(1)}`;

/** Scalars about the agent. */
export const AGENT: MibGroup<AgentFacts> = {
  name: 'lsAgent',
  arc: 1,
  description: 'The agent of a site, which answers here.',
  objects: [
    {
      name: 'lsAgentId',
      arc: 1,
      syntax: UUID,
      description: 'Id of the agent, as in the console and its API.',
      value: (agent) => agent.agentId,
    },
    { name: 'lsAgentSiteId', arc: 2, syntax: UUID, description: 'Id of the site.', value: (agent) => agent.siteId },
    {
      name: 'lsAgentHostname',
      arc: 3,
      syntax: text(255),
      description: 'Name of the machine that the agent runs on.',
      value: (agent) => agent.hostname,
    },
    {
      name: 'lsAgentVersion',
      arc: 4,
      syntax: text(64),
      description: 'Version of the agent.',
      value: (agent) => agent.version,
    },
    {
      name: 'lsAgentStartedAt',
      arc: 5,
      syntax: TIME,
      description: 'When the agent started.',
      value: (agent) => agent.startedAt,
    },
    {
      name: 'lsAgentGateways',
      arc: 6,
      syntax: GAUGE,
      description: 'Gateways that the agent has recognised: the rows of lsGatewayTable.',
      value: (agent) => agent.gateways,
    },
    {
      name: 'lsAgentGatewaysReachable',
      arc: 7,
      syntax: GAUGE,
      description: 'Gateways of these that answer.',
      value: (agent) => agent.gatewaysReachable,
    },
    {
      name: 'lsAgentPorts',
      arc: 8,
      syntax: GAUGE,
      description: 'Ports of all gateways: the rows of lsPortTable.',
      value: (agent) => agent.ports,
    },
  ],
};

/** One row a gateway, of every vendor in the same form. */
export const GATEWAYS: MibTable<GatewayFacts> = {
  name: 'lsGatewayTable',
  arc: 2,
  description: 'The gateways that the agent has recognised, whatever their vendor.',
  objects: [
    {
      name: 'lsGatewayId',
      arc: 1,
      syntax: UUID,
      index: true,
      description: 'Id of the gateway, as in the console and its API. It stays when the address changes.',
      value: (gateway) => gateway.gatewayId,
    },
    {
      name: 'lsGatewayName',
      arc: 2,
      syntax: text(255),
      description: 'What the gateway calls itself (sysName of SNMPv2-MIB), else vendor and model.',
      value: (gateway) => gateway.name,
    },
    { name: 'lsGatewayVendor', arc: 3, syntax: text(64), description: 'Vendor.', value: (gateway) => gateway.vendor },
    {
      name: 'lsGatewayModel',
      arc: 4,
      syntax: text(128),
      description: 'Model. There is no instance where it is not known.',
      value: (gateway) => gateway.model,
    },
    {
      name: 'lsGatewayFirmware',
      arc: 5,
      syntax: text(128),
      description: 'Version of the firmware. There is no instance where it is not known.',
      value: (gateway) => gateway.firmware,
    },
    {
      name: 'lsGatewaySerial',
      arc: 6,
      syntax: text(128),
      description: 'Serial number. There is no instance where it is not known.',
      value: (gateway) => gateway.serial,
    },
    {
      name: 'lsGatewayMacAddress',
      arc: 7,
      syntax: text(32),
      description: 'MAC address as text. There is no instance where it is not known.',
      value: (gateway) => gateway.macAddress,
    },
    {
      name: 'lsGatewayAddress',
      arc: 8,
      syntax: text(64),
      description: 'Address under which the agent reads it.',
      value: (gateway) => gateway.address,
    },
    {
      name: 'lsGatewayDriver',
      arc: 9,
      syntax: text(64),
      description: 'Driver that reads it.',
      value: (gateway) => gateway.driver,
    },
    {
      name: 'lsGatewayReachability',
      arc: 10,
      syntax: { base: 'words', words: ['unknown', 'reachable', 'unreachable'] },
      description: 'Whether the gateway answers the agent.',
      value: (gateway) => gateway.reachability,
    },
    {
      name: 'lsGatewayReason',
      arc: 11,
      syntax: text(255),
      description: 'Why the gateway cannot be read. There is no instance while it can.',
      value: (gateway) => gateway.reason,
    },
    {
      name: 'lsGatewayLastAnswerAt',
      arc: 12,
      syntax: TIME,
      description: 'When it last answered. There is no instance where it never did.',
      value: (gateway) => gateway.lastAnswerAt,
    },
    {
      name: 'lsGatewayReadAt',
      arc: 13,
      syntax: TIME,
      description: 'When the values of its ports were read. There is no instance before the first reading.',
      value: (gateway) => gateway.readAt,
    },
    {
      name: 'lsGatewayCurrent',
      arc: 14,
      syntax: { base: 'words', words: ['yes', 'no'] },
      description:
        'Whether those values are current: the gateway answers, and was read within its last three polls. Where it is no, all states of its ports are unknown.',
      value: (gateway) => (gateway.current ? 'yes' : 'no'),
    },
    {
      name: 'lsGatewayPorts',
      arc: 15,
      syntax: GAUGE,
      description: 'Ports of the gateway.',
      value: (gateway) => gateway.ports,
    },
  ],
};

const STATE_MEANINGS: Readonly<Record<PortStateField, string>> = {
  admin: 'Whether the port is allowed to give service (administrative state of ITU-T X.731).',
  oper: 'Whether the port can give service (operational state of ITU-T X.731, and testing of RFC 2863).',
  hook: 'Whether loop current flows.',
  call: 'State of the call on the line.',
  registration: 'Registration of the user of the port (RFC 3261 section 10).',
  fault: 'Fault of the port; none of a healthy port where the model reports faults.',
};

/** A state: 1 is unknown, every other number the code of the domain and two. Words are only ever added at the end. */
const stateObject = (field: PortStateField, at: number): MibObject<PortFacts> => ({
  name: `lsPort${upperFirst(field)}`,
  arc: 6 + at,
  syntax: { base: 'words', words: ['unknown', ...PORT_STATE_FIELDS[field]] },
  description: `${STATE_MEANINGS[field]} It is unknown where the model does not report it or the gateway is not current.`,
  value: ({ states }) => states[field] ?? 'unknown',
});

/** Thousandths, so that an integer holds what was measured. */
const MEASURES: Readonly<
  Record<PortMeasure, { name: string; unit: string; min: number; max: number; meaning: string }>
> = {
  lineVoltageV: {
    name: 'LineVoltage',
    unit: 'millivolts',
    min: -200_000,
    max: 200_000,
    meaning: 'Voltage of the line.',
  },
  loopCurrentMa: { name: 'LoopCurrent', unit: 'microamperes', min: 0, max: 150_000, meaning: 'Current in the loop.' },
  ringVoltageV: { name: 'RingVoltage', unit: 'millivolts', min: 0, max: 150_000, meaning: 'Ringing voltage.' },
  jitterMs: { name: 'Jitter', unit: 'microseconds', min: 0, max: 10_000_000, meaning: 'Jitter of the received media.' },
  packetLossPercent: {
    name: 'PacketLoss',
    unit: 'thousandths of a percent',
    min: 0,
    max: 100_000,
    meaning: 'Lost packets of the received media.',
  },
};

/** A measurement and its status: two objects, because 0 is a measurement. */
function measureObjects(measure: PortMeasure, at: number): MibObject<PortFacts>[] {
  const { name, unit, min, max, meaning } = MEASURES[measure];
  const arc = 20 + 2 * at;
  return [
    {
      name: `lsPort${name}`,
      arc,
      syntax: { base: 'integer', min, max, unit },
      description: `${meaning} There is no instance where it was not measured; lsPort${name}Status says why.`,
      value: ({ measures }) => {
        const measured = measures[measure];
        return 'value' in measured ? Math.round(measured.value * 1000) : null;
      },
    },
    {
      name: `lsPort${name}Status`,
      arc: arc + 1,
      syntax: { base: 'words', words: ['measured', ...NULL_REASONS] },
      description: `Whether lsPort${name} was measured, and why not.`,
      value: ({ measures }) => {
        const measured = measures[measure];
        return 'value' in measured ? 'measured' : measured.absent;
      },
    },
  ];
}

/** One row a port, of every vendor in the same form. */
export const PORTS: MibTable<PortFacts> = {
  name: 'lsPortTable',
  arc: 3,
  indexedBy: ['lsGatewayId'],
  description: 'The analogue ports of all gateways, whatever their vendor.',
  objects: [
    {
      name: 'lsPortPosition',
      arc: 1,
      syntax: { base: 'integer', min: 1, max: 512 },
      index: true,
      description: 'Number of the port as printed on the gateway. It stays when rows of the gateway are renumbered.',
      value: (port) => port.position,
    },
    {
      name: 'lsPortGatewayName',
      arc: 2,
      syntax: text(255),
      description: 'Name of its gateway: lsGatewayName.',
      value: (port) => port.gatewayName,
    },
    {
      name: 'lsPortKind',
      arc: 3,
      syntax: { base: 'words', words: PORT_KINDS },
      description: 'Kind of the port: fxs feeds a line device, fxo acts as a telephone on an exchange line.',
      value: (port) => port.kind,
    },
    {
      name: 'lsPortName',
      arc: 4,
      syntax: text(128),
      description: 'Name that the gateway gives the port. There is no instance where it gives none.',
      value: (port) => port.name,
    },
    {
      name: 'lsPortNumber',
      arc: 5,
      syntax: text(64),
      description: 'Extension or directory number of the port. There is no instance where the gateway reports none.',
      value: (port) => port.number,
    },
    ...PORT_STATE_FIELD_NAMES.map(stateObject),
    ...PORT_MEASURE_NAMES.flatMap(measureObjects),
  ],
};
