import type { WrongThing } from '@loopstart/contracts';
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
export function fleetSentence(overview: {
  wrongTotal: number;
  ports: { total: number; unknown: number; critical: number; major: number; minor: number };
}): string {
  const { ports, wrongTotal } = overview;
  if (ports.total === 0 && wrongTotal === 0) return 'No gateways yet';
  const wrong = ports.critical + ports.major + ports.minor;
  if (wrongTotal === 0 && ports.unknown === 0) return 'Everything works';
  const parts: string[] = [];
  if (wrong > 0) {
    const worst =
      ports.critical === 0 ? '' : ports.critical === wrong ? ', critically' : `, ${ports.critical} of them critically`;
    parts.push(`${lines(wrong)} ${wrong === 1 ? 'needs' : 'need'} attention${worst}`);
  } else if (wrongTotal > 0) {
    parts.push(`${wrongTotal} ${wrongTotal === 1 ? 'thing needs' : 'things need'} attention`);
  }
  if (ports.unknown > 0) parts.push(`${lines(ports.unknown)} unknown`);
  return parts.join('; ');
}

function lines(n: number): string {
  return `${n} ${n === 1 ? 'line' : 'lines'}`;
}
