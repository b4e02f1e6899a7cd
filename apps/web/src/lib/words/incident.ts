import type { Alert, ChannelKind, Incident, IncidentEntry, IncidentSummary, Place } from '@loopstart/contracts';
import { count } from '../format/number.ts';
import { LINE_DEVICE_WORDS } from './port.ts';
import { t } from '../../messages/states.ts';

type Attention = IncidentSummary['attention'];
type Hold = NonNullable<Alert['hold']>;
type Threshold = Alert['evidence']['thresholds'][string];
type Delivery = Incident['deliveries'][number];

/** Every word the console says about incidents. A state is named the same wherever it appears. */

export const ATTENTION_WORDS: Record<Attention, string> = t.group('attention');

/** Why an alert is told to nobody, as a short phrase. */
export const HOLD_WORDS: Record<Hold['reason'], string> = t.group('hold');

export const DELIVERY_STATE_WORDS: Record<Delivery['state'], string> = t.group('deliveryState');

const MESSAGE_WORDS: Record<string, string> = t.group('message');

/** What a message is about: "incident raised". A key of a catalogue has no dots. */
export function messageWords(type: string): string {
  return MESSAGE_WORDS[type.replaceAll('.', '-')] ?? type;
}

/** What a channel kind is called; the kind itself where it is from a newer version. */
export function channelKindWord(kind: string): string {
  return (CHANNEL_KIND_WORDS as Record<string, string>)[kind] ?? kind;
}

export const CHANNEL_KIND_WORDS: Record<ChannelKind, string> = t.group('channelKind');

const SCOPE_WORDS: Record<Exclude<Threshold['scope'], 'default'>, string> = t.group('scope');

/** Why a threshold has its value: who it was set for, and what was written down then. */
export function whyThisValue(threshold: Threshold): string {
  if (threshold.scope === 'default') return threshold.reason ?? t('loopstartDefault');
  const named = scopeName(threshold);
  const reason = threshold.reason === null || threshold.reason === '' ? '' : `: “${threshold.reason}”`;
  return `${SCOPE_WORDS[threshold.scope]}${named}${reason}`;
}

function scopeName({ scope, scopeName }: Threshold): string {
  if (scopeName === null || scope === 'operator') return '';
  const device = (LINE_DEVICE_WORDS as Record<string, string | undefined>)[scopeName];
  return ` ${scope === 'line-device-class' && device !== undefined ? `(${device.toLowerCase()})` : scopeName}`;
}

/** What a timeline entry says happened, after the name of who did it. */
export const ENTRY_WORDS: Record<IncidentEntry['kind'], string> = t.group('entry');

/** One step of where something is. */
export interface PlaceStep {
  level: 'customer' | 'site' | 'agent' | 'gateway' | 'port';
  label: string;
  href: string;
}

/** Where something is, from the customer down. The agent is named only where nothing nearer is known. */
export function placeSteps(place: Place): PlaceStep[] {
  const steps: PlaceStep[] = [];
  const { customer, site, agent, gateway, port } = place;
  if (customer !== null) steps.push({ level: 'customer', label: customer.name, href: `/customers/${customer.id}` });
  if (site !== null) steps.push({ level: 'site', label: site.name, href: `/sites/${site.id}` });
  if (agent !== null && gateway === null) {
    steps.push({ level: 'agent', label: t('agentNamed', { name: agent.name }), href: `/agents/${agent.id}` });
  }
  if (gateway !== null) steps.push({ level: 'gateway', label: gateway.name, href: `/gateways/${gateway.id}` });
  if (gateway !== null && port !== null) {
    steps.push({ level: 'port', label: portLabel(port), href: `/gateways/${gateway.id}/ports/${port.position}` });
  }
  return steps;
}

/** "Lift A (port 7)", or "port 7" where nobody gave it a label. */
export function portLabel(port: { position: number; label: string | null }): string {
  return port.label === null || port.label === ''
    ? t('portLower', { position: port.position })
    : t('labelledPort', { label: port.label, position: port.position });
}

/** Where something is, in one line; "several sites" where it is at no single place. */
export function placeLine(place: Place): string {
  const steps = placeSteps(place);
  return steps.length === 0 ? t('severalSites') : steps.map((step) => step.label).join(' › ');
}

/** What an incident explains and hides, by kind: ["24 gateways", "576 ports"]; empty where nothing but itself. */
export function explainedParts(affected: IncidentSummary['affected']): string[] {
  return (
    [
      [affected.agents, 'agentCount'],
      [affected.gateways, 'gatewayCount'],
      [affected.ports, 'portCount'],
    ] as const
  )
    .filter(([n]) => n > 0)
    .map(([n, key]) => t(key, { n }));
}

/** How much is watched: "576 ports on 24 gateways by 3 agents". */
export function watchedWords(watched: { agents: number; gateways: number; ports: number }): string {
  return t('watched', { ports: watched.ports, gateways: watched.gateways, agents: watched.agents });
}

const WORST_FIRST = ['critical', 'major', 'minor', 'info'] as const;
const COUNT_WORDS = t.group('severityCount');

interface Counts {
  open: number;
  acknowledged: number;
  snoozed: number;
  /** Of all that is not over. */
  bySeverity: Record<(typeof WORST_FIRST)[number], number>;
}

/** "3 open, 1 acknowledged: 1 critical, 3 minor", for a sentence or a title. */
export function countsWords(counts: Counts): string {
  const states = (['open', 'acknowledged', 'snoozed'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${count(counts[state])} ${state}`);
  if (states.length === 0) return t('noneOpen');
  const severities = WORST_FIRST.filter((severity) => counts.bySeverity[severity] > 0).map(
    (severity) => `${count(counts.bySeverity[severity])} ${COUNT_WORDS[severity]}`,
  );
  return severities.length === 0 ? states.join(', ') : `${states.join(', ')}: ${severities.join(', ')}`;
}
