import type { IncidentSummary } from '@loopstart/contracts';

/** What a page is about, within its site. A whole site has none of these. */
export interface Subject {
  agentId?: string;
  gatewayId?: string;
  position?: number;
}

/**
 * Whether an incident of the site concerns a subject of it: because it is about the subject, about
 * something in it, or about something above it that the subject depends on.
 */
export function concerns({ place }: Pick<IncidentSummary, 'place'>, subject: Subject): boolean {
  if (place.gateway !== null) {
    if (subject.gatewayId === undefined) return subject.agentId === undefined || place.agent?.id === subject.agentId;
    if (place.gateway.id !== subject.gatewayId) return false;
    return place.port === null || subject.position === undefined || place.port.position === subject.position;
  }
  return place.agent === null || subject.agentId === undefined || place.agent.id === subject.agentId;
}
