import { fields } from './field.ts';
import { choice, endpoints, flag, integer, text } from './value-type.ts';

const RFC3261 = 'RFC 3261';

/** The SIP service that a gateway registers with. */
export const SIP_FIELDS = fields({
  'sip.registrars': {
    type: endpoints(4),
    level: 'gateway',
    about: 'Where the accounts of the ports register: the first, then the others when it does not answer.',
    source: `${RFC3261} section 10`,
    variables: true,
    cost: 're-register',
  },
  'sip.domain': {
    type: text('host', 128),
    level: 'gateway',
    about: 'The domain in the addresses of record; the registrar where it is not set.',
    source: `${RFC3261} section 10.2`,
    variables: true,
    cost: 're-register',
  },
  'sip.proxies': {
    type: endpoints(4),
    level: 'gateway',
    about: 'Where calls are sent: the first, then the others when it does not answer.',
    source: `${RFC3261} section 16`,
    variables: true,
    cost: 're-register',
  },
  'sip.outboundProxy': {
    type: endpoints(1),
    level: 'gateway',
    about: 'The next hop of every request, whatever its destination is.',
    source: `${RFC3261} section 8.1.2`,
    variables: true,
    cost: 're-register',
  },
  'sip.failback': {
    type: choice('stay', 'return-to-first'),
    level: 'gateway',
    about: 'Whether the gateway returns to the first server once it answers again.',
    source: 'RFC 3263 section 4.3',
    cost: 'live',
  },
  'sip.transport': {
    type: choice('udp', 'tcp', 'tls'),
    level: 'gateway',
    about: 'How requests are carried.',
    source: `${RFC3261} section 18`,
    cost: 're-register',
  },
  'sip.tlsVerify': {
    type: choice('none', 'chain', 'chain-and-name'),
    level: 'gateway',
    about: "What is checked of the server's certificate.",
    source: 'RFC 5922 section 7',
    cost: 're-register',
  },
  'sip.srtp': {
    type: choice('off', 'optional', 'required'),
    level: 'gateway',
    about: 'Whether speech is encrypted.',
    source: 'RFC 4568',
    cost: 'next-call',
  },
  'sip.registerExpirySeconds': {
    type: integer(60, 86_400),
    level: 'gateway',
    about: 'For how long a registration is asked for.',
    source: `${RFC3261} section 10.2.1.1`,
    cost: 're-register',
  },
  'sip.optionsIntervalSeconds': {
    type: integer(0, 3600),
    level: 'gateway',
    about: 'How often the server is asked by OPTIONS whether it answers; 0 does not ask.',
    source: `${RFC3261} section 11`,
    cost: 'live',
  },
  'sip.nat': {
    type: choice('none', 'keep-alive', 'stun'),
    level: 'gateway',
    about: 'How the gateway stays reachable behind an address translation.',
    source: 'RFC 5626 section 3.5',
    cost: 're-register',
  },
  'sip.stunServer': {
    type: endpoints(1),
    level: 'gateway',
    about: 'The STUN server, where STUN is used.',
    source: 'RFC 8489',
    cost: 're-register',
  },
  'sip.natKeepAliveSeconds': {
    type: integer(5, 3600),
    level: 'gateway',
    about: 'How often the address translation is refreshed.',
    source: 'RFC 5626 section 4.4',
    cost: 'live',
  },
  'sip.sessionTimer': {
    type: flag,
    level: 'gateway',
    about: 'Whether calls are refreshed, so that one without an end is cleared.',
    source: 'RFC 4028',
    cost: 'next-call',
  },
  'sip.sessionExpirySeconds': {
    type: integer(90, 86_400),
    level: 'gateway',
    about: 'How long a call lasts without a refresh.',
    source: 'RFC 4028 section 4',
    cost: 'next-call',
  },
});
