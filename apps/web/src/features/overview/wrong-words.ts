import type { Overview, WrongThing } from '@loopstart/contracts';
import { linesSentence } from '../../lib/words/line-counts.ts';
import { FAULT_WORDS, HEALTH_WORDS } from '../../lib/words/port.ts';
import { t } from '../../messages/overview.ts';

/** What is wrong, as a phrase. */
export function whatIsWrong(thing: WrongThing): string {
  switch (thing.reason) {
    case 'gateway-unreachable':
      return t('gatewayUnreachable');
    case 'agent-silent':
      return t('unknownAgentSiteSilent');
    case 'gateway-stale':
      return t('unknownLastReadingOld');
    case 'line-fault':
      return thing.fault === null || thing.fault === 'none'
        ? t('lineFault')
        : t('lineFault2', { fault: FAULT_WORDS[thing.fault].toLowerCase() });
    default:
      return HEALTH_WORDS[thing.reason];
  }
}

/** Which thing it is: the port's label, its number, or the gateway itself. */
export function whichThing(thing: WrongThing): string {
  if (thing.position === null) return thing.gatewayName;
  return thing.label === null || thing.label === '' ? t('portN', { position: thing.position }) : thing.label;
}

/** Where to look at it. */
export function wrongHref(thing: WrongThing): string {
  const gateway = `/gateways/${thing.gatewayId}`;
  return thing.position === null ? gateway : `${gateway}/ports/${thing.position}`;
}

/** The page's first sentence: how the fleet is. */
export function fleetSentence({ ports, causesTotal, unexplained, gateways }: Fleet): string {
  const lines = linesSentence(ports);
  if (lines !== '') return lines;
  if (causesTotal > 0) return t('incidentOpenAllLines', { causesTotal });
  if (unexplained.total > 0) return t('lineGatewayNeedsAttention', { total: unexplained.total });
  return gateways.total === 0 ? t('noGatewaysYet') : t('everythingWorks');
}

type Fleet = Pick<Overview, 'ports' | 'causesTotal' | 'gateways'> & { unexplained: { total: number } };

/** The head of what has no incident: how much of it, as far as it was looked into. */
export function unexplainedTitle(total: number, complete: boolean): string {
  return complete ? t('withoutIncidentLineGateway', { total }) : t('withoutIncidentMoreThan', { total });
}
