import type { Overview, WrongThing } from '@loopstart/contracts';
import { count, counted } from '../../lib/format/number.ts';
import { linesSentence } from '../../lib/words/line-counts.ts';
import { FAULT_WORDS, HEALTH_WORDS } from '../../lib/words/port.ts';

/** What is wrong, as a phrase. */
export function whatIsWrong(thing: WrongThing): string {
  switch (thing.reason) {
    case 'gateway-unreachable':
      return 'Gateway does not answer';
    case 'agent-silent':
      return 'Not known: the agent of the site is silent';
    case 'gateway-stale':
      return 'Not known: the last reading is old';
    case 'line-fault':
      return thing.fault === null || thing.fault === 'none'
        ? 'Line fault'
        : `Line fault: ${FAULT_WORDS[thing.fault].toLowerCase()}`;
    default:
      return HEALTH_WORDS[thing.reason];
  }
}

/** Which thing it is: the port's label, its number, or the gateway itself. */
export function whichThing(thing: WrongThing): string {
  if (thing.position === null) return thing.gatewayName;
  return thing.label === null || thing.label === '' ? `Port ${thing.position}` : thing.label;
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
  if (causesTotal > 0) return `${counted(causesTotal, 'incident')} open, all lines work`;
  if (unexplained.total > 0) return `${counted(unexplained.total, 'thing')} to look at`;
  return gateways.total === 0 ? 'No gateways yet' : 'Everything works';
}

type Fleet = Pick<Overview, 'ports' | 'causesTotal' | 'gateways'> & { unexplained: { total: number } };

/** The head of what has no incident: how much of it, as far as it was looked into. */
export function unexplainedTitle(total: number, complete: boolean): string {
  return complete
    ? `${counted(total, 'thing')} without an incident`
    : `More than ${count(total)} things without an incident`;
}
