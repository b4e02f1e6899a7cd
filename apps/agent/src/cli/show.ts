import type { AgentHealth, GatewayConfigProgress } from '@loopstart/contracts';
import { PORT_MEASURES, type PortMeasure } from '@loopstart/domain';
import type { GatewayDescription, PortDescription } from '../control/describe.ts';
import type { UplinkStatus } from '../uplink/uplink.ts';
import { modelCell } from './model-words.ts';
import { ago, bytesText, table } from './table.ts';

/** What the running agent answers to `status`. */
export interface StatusAnswer {
  ids: {
    agentId: string;
    siteId: string;
    apiUrl: string;
    mqttUrl: string;
    mqttUrlFrom: 'enrolment' | 'agent.json';
    epoch: number;
  };
  uplink: UplinkStatus;
  /** How its return goes; null: it does not ask to come back. */
  comingBack: string | null;
  notifications: { port: number | null; accepted: number };
  /** Addresses that are no gateway's, with the number of their syslog lines. */
  unknownSyslogSenders: Record<string, number>;
  outboxOnFullDisk: boolean;
  /** Configuration jobs that are not ended. */
  configuration: GatewayConfigProgress[];
  health: AgentHealth;
}

export function showStatus(
  {
    ids,
    uplink,
    comingBack,
    notifications,
    unknownSyslogSenders,
    outboxOnFullDisk,
    configuration,
    health,
  }: StatusAnswer,
  nowMs: number,
): string {
  const refused = Object.entries(health.notificationsRefused).map(([reason, count]) => `${count} ${reason}`);
  const troubled = health.targets.filter(({ reachable, reason }) => reachable === false || reason !== null);
  const lines: [string, string][] = [
    ['agent', `${ids.agentId}, version ${health.version}, since ${new Date(health.startedAt).toISOString()}`],
    ['site', ids.siteId],
    [
      'cloud',
      uplink.connected ? `connected to ${brokerOf(ids)} (${ago(uplink.since, nowMs)})` : disconnected(ids, uplink),
    ],
    ...(comingBack === null ? [] : [['return', comingBack] satisfies [string, string]]),
    ['certificate', `until ${new Date(health.certificateExpiresAt).toISOString()}`],
    ['config', `revision ${health.configRevision}`],
    [
      'unsaid',
      `${health.outboxMessages} messages, ${bytesText(health.outboxBytes)}` +
        (health.outboxOldestAt === null ? '' : `, the oldest from ${ago(health.outboxOldestAt, nowMs)}`) +
        (outboxOnFullDisk ? '; THE DISK IS FULL' : ''),
    ],
    ['disk', health.diskFreeBytes === null ? 'free space not known' : `${bytesText(health.diskFreeBytes)} free`],
    ['polls', `${health.pollsOk} well, ${health.pollsFailed} failed, at most ${health.pollLagMs} ms late`],
    [
      'notifications',
      `${notifications.port === null ? 'not listening' : `on port ${notifications.port}`}, ${notifications.accepted} taken` +
        (refused.length === 0 ? '' : `, refused: ${refused.join(', ')}`),
    ],
    ['call records', callRecords(health.callRecords, unknownSyslogSenders)],
    ...configuration.map((job): [string, string] => ['configuring', configJob(job, nowMs)]),
    ['process', `${bytesText(health.rssBytes)}, ${health.cpuPercent} % of one core`],
    ['targets', `${health.targets.length}, ${troubled.length} with something to say`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const notes = troubled.map(({ address, reason }) => `  ${address}: ${reason ?? 'does not answer'}`);
  return [...lines.map(([name, text]) => `${name.padEnd(width)}  ${text}`), ...notes].join('\n');
}

/** One configuration job: the gateway, the state and since when, and for what it waits or why it goes back. */
function configJob({ gatewayId, revision, state, since, detail }: GatewayConfigProgress, nowMs: number): string {
  const why = detail === null ? '' : `: ${detail}`;
  return `gateway ${gatewayId}, revision ${revision}: ${state} (since ${ago(since, nowMs)})${why}`;
}

function callRecords(heard: AgentHealth['callRecords'], unknown: Readonly<Record<string, number>>): string {
  if (heard === undefined) return 'not received by this version';
  const refused = Object.entries(heard.refused).map(([reason, count]) => `${count} ${reason}`);
  const senders = Object.keys(unknown);
  return (
    `${heard.port === null ? 'not listening' : `on port ${heard.port}`}, ${heard.lines} lines, ${heard.steps} steps of calls` +
    (refused.length === 0 ? '' : `, refused: ${refused.join(', ')}`) +
    (senders.length === 0 ? '' : `; not a gateway of this agent: ${senders.join(', ')}`)
  );
}

export function showGateways(gateways: readonly GatewayDescription[], nowMs: number): string {
  if (gateways.length === 0) return 'No gateways: none is configured, or none was found yet.';
  return table(
    ['ADDRESS', 'STATE', 'VENDOR', 'MODEL', 'SERIAL', 'FIRMWARE', 'PORTS', 'ANSWERED', 'NOTE'],
    gateways.map((gateway) => [
      gateway.address,
      gateway.reachable === null ? 'asking' : gateway.reachable ? 'reachable' : 'UNREACHABLE',
      gateway.vendor,
      modelCell(gateway),
      gateway.serial,
      gateway.firmware,
      gateway.portCount,
      ago(gateway.lastAnswerAt, nowMs),
      gateway.reason ?? '',
    ]),
  );
}

export function showPorts(ports: readonly PortDescription[]): string {
  if (ports.length === 0) return 'No ports.';
  return table(
    ['PORT', 'KIND', 'NAME', 'NUMBER', 'ADMIN', 'OPER', 'HOOK', 'CALL', 'REGISTRATION', 'FAULT', 'MEASURED'],
    ports.map(({ position, kind, name, number, state, measures }) => [
      position,
      kind,
      name,
      number,
      ...['admin', 'oper', 'hook', 'call', 'registration', 'fault'].map((field) => state[field] ?? null),
      Object.entries(measures)
        .map(([field, value]) => `${value} ${PORT_MEASURES[field as PortMeasure].unit}`)
        .join(', '),
    ]),
  );
}

function disconnected(ids: StatusAnswer['ids'], uplink: UplinkStatus): string {
  return `NOT CONNECTED to ${brokerOf(ids)}${uplink.lastError === null ? '' : `: ${uplink.lastError}`}`;
}

function brokerOf({ mqttUrl, mqttUrlFrom }: StatusAnswer['ids']): string {
  return mqttUrlFrom === 'agent.json' ? `${mqttUrl}, as agent.json says,` : mqttUrl;
}
