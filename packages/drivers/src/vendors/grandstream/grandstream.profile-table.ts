import type { FieldValue } from '@loopstart/domain';
import { entriesFor, joint, type Spread } from '../../engine/config/entries.ts';
import { codecSlots, serversIn, switchedNumber } from '../../engine/config/parts.ts';
import { choiceWord, codeWord, endpointWord, flagWord, numberWord, unverified } from '../../engine/config/words.ts';
import type { DigitMap } from '../../digit-maps/index.ts';
import type { GrandstreamMap } from '../../digit-maps/grandstream/map.ts';
import type { ConfigLayout, ConfigMapping, ConfigScope } from '../../engine/slices/config.ts';
import { PROFILE_KEYS } from './grandstream.keys.ts';
import { callerIdRows, IMPEDANCES_GXW, IMPEDANCES_HT } from './grandstream.line-codes.ts';

export const TEMPLATES = {
  source: 'comments of the GXW42xx 1.0.4.7 and HT81x 1.0.63.3 templates; exports of GXW4224, HT802 and HT814',
};

export const yes = flagWord('1', '0');
/** The vendor's key says "disable". */
const disabling = flagWord('0', '1');
export const server = endpointWord({ max: 64 });

const gain = codeWord({ 0: 0, 1: 6, 2: 4, 3: 2, 4: -2, 5: -4, 6: -6 }, 'dB');
const flash = numberWord({ min: 40, max: 2000, unit: ' ms' });
const CODECS = { PCMU: '0', PCMA: '8', G729: '18', 'G726-32': '2' } as const;
/** Frames of 10 ms for each packet: "default 2, from 1 to 4 for G711/G726/G729". */
const packetMs = (max: number) => numberWord({ per: 10, min: 10, max: max * 10, unit: ' ms' });

type Dtmf = FieldValue<'media.dtmf'>;
const DTMF: Readonly<Record<Dtmf, string>> = { rfc4733: '101', 'sip-info': '102', 'in-band': '100' };
const DTMF_WAYS = Object.keys(DTMF) as Dtmf[];
/** Three keys in the order of preference. */
const dtmfOrder: Spread<Dtmf> = {
  write: (way) => [way, ...DTMF_WAYS.filter((other) => other !== way)].map((each) => DTMF[each]),
  read: ([first]) => DTMF_WAYS.find((way) => DTMF[way] === first),
};

/** A visible message indication and its kind; the kinds count from 0 with GXW42xx and from 1 with HT8xx. */
const messageWaiting = (fsk: string, lamp: string): Spread<FieldValue<'line.messageWaiting'>> => ({
  write(way) {
    if (way === 'fsk' || way === 'lamp') return ['0', way === 'fsk' ? fsk : lamp];
    return unverified('which key switches the stutter tone is not verified');
  },
  read([disabled, kind]) {
    if (disabled !== '0') return undefined;
    return kind === fsk ? 'fsk' : kind === lamp ? 'lamp' : undefined;
  },
});

/** Settings that a profile holds; where each port is an account of its own, the account. */
export function profileTable(scope: ConfigScope, isGxw: boolean): ConfigLayout['mappings'] {
  const { key, keys } = entriesFor(scope, TEMPLATES);
  const at = PROFILE_KEYS;
  const servers = keys([at.server, at.secondServer], serversIn(2, server));
  return {
    'sip.registrars': servers,
    'sip.proxies': servers,
    'sip.failback': key(at.preferFirst, choiceWord({ stay: '0', 'return-to-first': '1' })),
    'sip.transport': key(at.transport, choiceWord({ udp: '0', tcp: '1', tls: '2' })),
    'sip.srtp': key(at.srtp, choiceWord({ off: '0', optional: '1', required: '2' })),
    'sip.registerExpirySeconds': key(
      at.expiryMinutes,
      numberWord({ per: 60, min: 60, max: 3_888_000, unit: ' seconds' }),
    ),
    'sip.nat': key(at.nat, choiceWord({ none: '0', stun: '1', 'keep-alive': '2' })),
    'sip.sessionExpirySeconds': key(at.sessionExpiry, numberWord({ min: 90, max: 64_800, unit: ' seconds' })),
    'media.codecs': keys(
      [...at.codecs, at.frames],
      codecSlots(8, isGxw ? CODECS : { ...CODECS, G722: '9' }, packetMs(isGxw ? 4 : 9)),
    ),
    'media.dtmf': keys(at.dtmf, dtmfOrder),
    'media.dtmfPayloadType': key(at.dtmfPayloadType, numberWord({ min: 96, max: 127 })),
    'fax.transport': key(at.fax, choiceWord({ t38: '0', g711: '1' })),
    'line.impedance': key(at.impedance, choiceWord(isGxw ? IMPEDANCES_GXW : IMPEDANCES_HT)),
    'line.inputGainDb': key(at.gainTx, gain),
    'line.outputGainDb': key(at.gainRx, gain),
    ...joint(scope, at.callerId, ['line.callerIdStandard', 'line.callerIdMoment'], callerIdRows(isGxw), TEMPLATES),
    'line.polarityReversal': key(at.reversal, choiceWord({ none: '0', 'on-answer': '1' })),
    'line.currentDisconnectMs': keys(
      [at.disconnect, at.disconnectMs],
      switchedNumber({ on: '1', off: '0' }, numberWord({ min: 100, max: 10_000, unit: ' ms' })),
    ),
    'line.hookFlashMinMs': key(at.flashMin, flash),
    'line.hookFlashMaxMs': key(at.flashMax, flash),
    'line.offHookWarning': key(at.noOffHookTone, disabling),
    'line.hotlineDelaySeconds': key(at.hotlineDelay, numberWord({ min: 0, max: 60, unit: ' seconds' })),
    'line.callWaiting': key(at.noCallWaiting, disabling),
    'line.serviceCodes': key(at.features, yes),
    'line.messageWaiting': keys(
      [at.noVisualMwi, at.mwiType],
      isGxw ? messageWaiting('0', '1') : messageWaiting('1', '2'),
    ),
  };
}

/** The dial plan with its timer and its key. A prefix would also be put before emergency numbers, so there is none. */
export function dialPlanOf(scope: ConfigScope): ConfigMapping<DigitMap> {
  const { dialPlan, noKeySeconds, hashSends, prefix } = PROFILE_KEYS;
  const plan: Spread<GrandstreamMap> = {
    write: (map) => [map.dialPlan, String(map.noKeyEntryTimeoutS), map.hashSends ? '1' : '0', ''],
    read([text, seconds = '', hash, before = '']) {
      const isKnown = text !== undefined && /^\d+$/.test(seconds) && (hash === '0' || hash === '1') && before === '';
      if (!isKnown) return undefined;
      return {
        language: 'grandstream',
        dialPlan: text,
        noKeyEntryTimeoutS: Number(seconds),
        hashSends: hash === '1',
      };
    },
  };
  return entriesFor(scope, TEMPLATES).keys(
    [dialPlan, noKeySeconds, hashSends, prefix],
    plan,
  ) as ConfigMapping<DigitMap>;
}
