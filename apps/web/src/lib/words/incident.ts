import type { Alert, Incident, IncidentEntry, IncidentSummary, Place } from '@loopstart/contracts';
import { count, counted } from '../format/number.ts';
import { LINE_DEVICE_WORDS } from './port.ts';

type Attention = IncidentSummary['attention'];
type Hold = NonNullable<Alert['hold']>;
type Threshold = Alert['evidence']['thresholds'][string];
type Delivery = Incident['deliveries'][number];

/** Every word the console says about incidents. A state is named the same wherever it appears. */

export const ATTENTION_WORDS: Record<Attention, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
};

/** Why an alert is told to nobody, as a short phrase. */
export const HOLD_WORDS: Record<Hold['reason'], string> = {
  settling: 'waiting whether something bigger explains it',
  suppressed: 'explained by its cause',
  proving: 'just back, has to prove itself',
  maintenance: 'in maintenance',
  starting: 'monitoring has just started',
  told: 'part of an outage that was told',
};

export const DELIVERY_STATE_WORDS: Record<Delivery['state'], string> = {
  pending: 'Waiting',
  sending: 'Being sent',
  delivered: 'Delivered',
  failed: 'Failed, will be tried again',
  abandoned: 'Given up',
};

const MESSAGE_WORDS: Record<string, string> = {
  'incident.raised': 'that it began',
  'incident.updated': 'a change',
  'incident.acknowledged': 'the acknowledgement',
  'incident.resolved': 'that it is over',
  digest: 'a digest',
};

/** What a message told, to stand behind "told …": "that it began". */
export function messageWords(type: string): string {
  return MESSAGE_WORDS[type] ?? type;
}

export const CHANNEL_KIND_WORDS: Record<string, string> = {
  webhook: 'Webhook',
  email: 'E-mail',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  pagerduty: 'PagerDuty',
  opsgenie: 'Opsgenie',
  ticket: 'Ticket system',
};

const SCOPE_WORDS: Record<Exclude<Threshold['scope'], 'default'>, string> = {
  operator: 'Set for all customers',
  customer: 'Set for the customer',
  site: 'Set for the site',
  'line-device-class': 'Set for lines of this kind',
  port: 'Set for this port',
};

/** Why a threshold has its value: who it was set for, and what was written down then. */
export function whyThisValue(threshold: Threshold): string {
  if (threshold.scope === 'default') return threshold.reason ?? 'The default of Loopstart';
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
export const ENTRY_WORDS: Record<IncidentEntry['kind'], string> = {
  announced: 'raised the incident',
  'alert-joined': 'found more that it explains',
  'alert-left': 'found less that it explains',
  'handed-over': 'handed it over to another gateway',
  'severity-changed': 'changed the severity',
  'evidence-changed': 'saw something new',
  'flapping-started': 'saw it come and go: further changes are not told until it settles',
  'flapping-ended': 'saw it settle',
  acknowledged: 'acknowledged it',
  'acknowledgement-withdrawn': 'withdrew the acknowledgement',
  assigned: 'assigned it',
  snoozed: 'snoozed it',
  'snooze-ended': 'ended the snooze',
  commented: 'wrote',
  notified: 'went through the policy',
  runbook: 'ran a runbook',
  resolved: 'resolved it',
};

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
    steps.push({ level: 'agent', label: `agent ${agent.name}`, href: `/agents/${agent.id}` });
  }
  if (gateway !== null) steps.push({ level: 'gateway', label: gateway.name, href: `/gateways/${gateway.id}` });
  if (gateway !== null && port !== null) {
    steps.push({ level: 'port', label: portLabel(port), href: `/gateways/${gateway.id}/ports/${port.position}` });
  }
  return steps;
}

/** "Lift A (port 7)", or "port 7" where nobody gave it a label. */
export function portLabel(port: { position: number; label: string | null }): string {
  return port.label === null || port.label === '' ? `port ${port.position}` : `${port.label} (port ${port.position})`;
}

/** Where something is, in one line; "several sites" where it is at no single place. */
export function placeLine(place: Place): string {
  const steps = placeSteps(place);
  return steps.length === 0 ? 'several sites' : steps.map((step) => step.label).join(' › ');
}

/** What an incident explains and hides, by kind: ["24 gateways", "576 ports"]; empty where nothing but itself. */
export function explainedParts(affected: IncidentSummary['affected']): string[] {
  return (
    [
      [affected.agents, 'agent'],
      [affected.gateways, 'gateway'],
      [affected.ports, 'port'],
    ] as const
  )
    .filter(([n]) => n > 0)
    .map(([n, noun]) => counted(n, noun));
}

/** How much is watched: "576 ports on 24 gateways by 3 agents". */
export function watchedWords(watched: { agents: number; gateways: number; ports: number }): string {
  return `${counted(watched.ports, 'port')} on ${counted(watched.gateways, 'gateway')} by ${counted(watched.agents, 'agent')}`;
}

const WORST_FIRST = ['critical', 'major', 'minor', 'info'] as const;
const COUNT_WORDS = { critical: 'critical', major: 'major', minor: 'minor', info: 'notice' } as const;

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
  if (states.length === 0) return 'None open';
  const severities = WORST_FIRST.filter((severity) => counts.bySeverity[severity] > 0).map(
    (severity) => `${count(counts.bySeverity[severity])} ${COUNT_WORDS[severity]}`,
  );
  return severities.length === 0 ? states.join(', ') : `${states.join(', ')}: ${severities.join(', ')}`;
}
