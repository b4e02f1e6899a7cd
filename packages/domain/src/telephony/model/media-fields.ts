import { fields } from './field.ts';
import { choice, codecs, flag, integer } from './value-type.ts';

/** Speech, tones and fax of all ports of a gateway, and how the network treats them. */
export const MEDIA_FIELDS = fields({
  'media.codecs': {
    type: codecs(8),
    level: 'gateway',
    about: 'The codecs that are offered, the preferred one first.',
    source: 'RFC 3264 section 6.1; RFC 3551',
    cost: 'next-call',
  },
  'media.dtmf': {
    type: choice('rfc4733', 'sip-info', 'in-band'),
    level: 'gateway',
    about: 'How the digits pressed during a call are carried.',
    source: 'RFC 4733; RFC 6086',
    cost: 'next-call',
  },
  'media.dtmfPayloadType': {
    type: integer(96, 127),
    level: 'gateway',
    about: 'The RTP payload type of telephone events.',
    source: 'RFC 4733 section 2.6',
    cost: 'next-call',
  },
  'media.jitterMinMs': {
    type: integer(0, 300),
    level: 'gateway',
    about: 'The smallest delay of the jitter buffer.',
    source: 'ITU-T G.1020',
    cost: 'next-call',
  },
  'media.jitterMaxMs': {
    type: integer(20, 1000),
    level: 'gateway',
    about: 'The largest delay of the jitter buffer.',
    source: 'ITU-T G.1020',
    cost: 'next-call',
  },
  'fax.transport': {
    type: choice('t38', 'g711', 'off'),
    level: 'gateway',
    about: 'How a fax is carried once its tone is heard.',
    source: 'ITU-T T.38; RFC 3362',
    cost: 'next-call',
  },
  'fax.fallback': {
    type: choice('reinvite-g711', 'none'),
    level: 'gateway',
    about: 'What follows where the other side refuses T.38.',
    source: 'ITU-T T.38 annex D',
    cost: 'next-call',
  },
  'fax.t38Redundancy': {
    type: integer(0, 5),
    level: 'gateway',
    about: 'How many former packets each T.38 packet repeats.',
    source: 'ITU-T T.38',
    cost: 'next-call',
  },
  'fax.t38BitRateMax': {
    type: integer(2400, 33_600),
    level: 'gateway',
    about: 'The highest bit rate of a fax by T.38, in bits per second.',
    source: 'ITU-T T.38 annex D (T38MaxBitRate)',
    cost: 'next-call',
  },
  'fax.errorCorrection': {
    type: flag,
    level: 'gateway',
    about: 'Whether the error correction mode of fax machines is allowed.',
    source: 'ITU-T T.30 annex A',
    cost: 'next-call',
  },
  'qos.sipDscp': {
    type: integer(0, 63),
    level: 'gateway',
    about: 'The differentiated services code point of signalling.',
    source: 'RFC 2474; RFC 4594 section 4.2',
    cost: 'reboot',
  },
  'qos.rtpDscp': {
    type: integer(0, 63),
    level: 'gateway',
    about: 'The differentiated services code point of speech.',
    source: 'RFC 2474; RFC 4594 section 4.1',
    cost: 'reboot',
  },
  'network.vlanId': {
    type: integer(0, 4094),
    level: 'gateway',
    about: 'The VLAN that the gateway is in; 0 is untagged.',
    source: 'IEEE 802.1Q',
    cost: 'may-lose-management',
  },
  'network.vlanPriority': {
    type: integer(0, 7),
    level: 'gateway',
    about: 'The priority code point of its frames.',
    source: 'IEEE 802.1Q',
    cost: 'reboot',
  },
});
