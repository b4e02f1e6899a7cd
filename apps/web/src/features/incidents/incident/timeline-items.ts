import type { Incident, IncidentEntry } from '@loopstart/contracts';

type Delivery = Incident['deliveries'][number];

/** One line of an incident's history. */
export type TimelineItem =
  | { kind: 'entry'; key: string; at: string; entry: IncidentEntry }
  | { kind: 'told'; key: string; at: string; type: string; deliveries: Delivery[] };

/** Messages of one kind made within this time went out together. */
const TOGETHER_MS = 10_000;

/** What happened and what was told of it, newest first. */
export function timelineItems(incident: Pick<Incident, 'timeline' | 'deliveries'>): TimelineItem[] {
  const told: Extract<TimelineItem, { kind: 'told' }>[] = [];
  const deliveries = [...incident.deliveries].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  for (const delivery of deliveries) {
    const group = told.find(
      (item) => item.type === delivery.type && Date.parse(delivery.createdAt) - Date.parse(item.at) <= TOGETHER_MS,
    );
    if (group === undefined) {
      const { id, createdAt, type } = delivery;
      told.push({ kind: 'told', key: `told ${id}`, at: createdAt, type, deliveries: [delivery] });
    } else group.deliveries.push(delivery);
  }
  const entries = incident.timeline
    .filter((entry) => !told.some((item) => saysTheSame(entry, item)))
    .map((entry) => ({ kind: 'entry' as const, key: `entry ${entry.id}`, at: entry.at, entry }));
  // Stable, so that of two at the same instant the later in the API's order stays the newer.
  return [...entries, ...told]
    .map((item, index) => ({ item, index }))
    .sort((a, b) => Date.parse(b.item.at) - Date.parse(a.item.at) || b.index - a.index)
    .map(({ item }) => item);
}

/** Deliveries say more than an entry that somebody was told. That nobody could be told has no deliveries. */
function saysTheSame({ kind, at, data }: IncidentEntry, item: { at: string }): boolean {
  return (
    kind === 'notified' && Array.isArray(data.names) && Math.abs(Date.parse(item.at) - Date.parse(at)) <= TOGETHER_MS
  );
}

/** Whether something is still on its way, so that its outcome is worth asking for. */
export function isUnderWay(incident: Pick<Incident, 'deliveries'>): boolean {
  return incident.deliveries.some(({ state }) => state === 'pending' || state === 'sending' || state === 'failed');
}
