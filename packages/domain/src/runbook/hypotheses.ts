import type { LineTestReason } from '../line-test/vocabulary.ts';
import type { FaultReason } from '../line/vocabulary.ts';
import { known, type EvidenceItem, type EvidenceKey, type EvidenceValues, type Symptom } from './evidence.ts';

/** The weight of a piece of evidence for (positive) or against (negative) a hypothesis, and why. */
export interface Argument {
  key: EvidenceKey;
  points: number;
  text: string;
}

/** The next step, who can take it, and what its outcome would prove. */
export interface NextStep {
  text: string;
  who: 'remote' | 'on-site';
  /** The step interrupts the line: it is never proposed while the line may be in use. */
  disturbs: boolean;
  proves: string;
}

export interface Hypothesis {
  id: string;
  title: string;
  symptoms: readonly Symptom[];
  step: NextStep;
  /** Called only for known values; an unknown one has no weight. */
  weigh(look: Look): (Argument | null)[];
}

/** Weighs one piece of evidence; null where it is unknown, so that it has no weight. */
export interface Look {
  at<K extends EvidenceKey>(
    key: K,
    judge: (value: EvidenceValues[K]) => { points: number; text: string } | null,
  ): Argument | null;
  value<K extends EvidenceKey>(key: K): EvidenceValues[K] | undefined;
}

export function lookAt(evidence: readonly EvidenceItem[]): Look {
  return {
    at(key, judge) {
      const value = known(evidence, key);
      const weight = value === undefined ? null : judge(value);
      return weight === null ? null : { key, ...weight };
    },
    value: (key) => known(evidence, key),
  };
}

const yes = (points: number, text: string) => ({ points, text });
const OPEN: ReadonlySet<FaultReason> = new Set(['no-line-device', 'link-down']);
/** Reasons of a line test that show damaged wires. */
const WIRE_TESTS: ReadonlySet<LineTestReason> = new Set<LineTestReason>([
  'hazardous-voltage',
  'foreign-voltage',
  'leak-to-ground',
  'leak-between-wires',
  'short-circuit',
  'abnormal-line-voltage',
  'gateway-says-failed',
]);
const WIRE: ReadonlySet<FaultReason> = new Set(['short-circuit', 'ground-fault', 'foreign-voltage', 'over-current']);
const CARD: ReadonlySet<FaultReason> = new Set(['hardware-failure', 'thermal-shutdown', 'over-temperature']);
/** A loop needs about 20 mA to be detected as seized (EN 300 001; Telcordia GR-57 asks for 20 mA and more). */
const LOOP_CURRENT_LOW_MA = 18;
/** Idle voltage of a loop-start line is 40 to 56 V; some devices take less than 24 V for a line in use. */
const IDLE_VOLTAGE_LOW_V = 24;
/** Ringers are specified for 40 V RMS and more at the device (Telcordia GR-909). */
const RING_VOLTAGE_LOW_V = 40;
/** Loss and jitter from which speech suffers (ITU-T G.1010: 3 % loss, 1 ms jitter at the ear; buffers take about 40 ms). */
const LOSS_HIGH_PERCENT = 3;
const JITTER_HIGH_MS = 40;
/** Fax without T.38 breaks at far less loss than speech. */
const FAX_LOSS_HIGH_PERCENT = 0.5;
const LATELY_HOURS = 48;

/** Every hypothesis that is weighed. Of two with equal weight, the first is the cheaper to check. */
export const HYPOTHESES: readonly Hypothesis[] = [
  {
    id: 'wider-trouble',
    title: 'More than this line is affected: the gateway, its site or the SIP server',
    symptoms: ['no-dial-tone', 'one-way-audio', 'no-ring', 'fax-failures'],
    step: {
      text: 'Look at the wider alert first; this line comes back with it.',
      who: 'remote',
      disturbs: false,
      proves: 'Whether anything is wrong with this line at all.',
    },
    weigh: (look) => [
      look.at('widerTrouble', (title) => yes(10, `There is an open alert above this line: ${title}.`)),
      look.at('neighboursWrong', (wrong) => {
        const inUse = look.value('neighboursInUse') ?? 0;
        if (inUse < 2) return null;
        if (wrong * 2 >= inUse) return yes(6, `${wrong} of ${inUse} other lines of the gateway are not well either.`);
        return wrong === 0 ? yes(-4, `The ${inUse} other lines of the gateway are well.`) : null;
      }),
    ],
  },
  {
    id: 'locked',
    title: 'The line is locked',
    symptoms: ['no-dial-tone', 'no-ring', 'fax-failures'],
    step: {
      text: 'Unlock the line, unless somebody locked it for a reason.',
      who: 'remote',
      disturbs: false,
      proves: 'That the lock alone was the cause.',
    },
    weigh: (look) => [
      look.at('admin', (admin) =>
        admin === 'unlocked' ? yes(-10, 'The line is not locked.') : yes(12, `The line is ${admin}.`),
      ),
    ],
  },
  {
    id: 'not-registered',
    title: 'The line is not registered at the SIP server',
    symptoms: ['no-dial-tone', 'no-ring', 'fax-failures', 'one-way-audio'],
    step: {
      text: 'Check the account of the line at the SIP server: user, password, expiry, blocked or not.',
      who: 'remote',
      disturbs: false,
      proves: 'Whether the server refuses the line or never receives its registration.',
    },
    weigh: (look) => [
      look.at('registration', (state) => {
        if (state === 'registered' || state === 'not-used')
          return yes(-8, state === 'registered' ? 'The line is registered.' : 'The line does not need to register.');
        return state === 'registering'
          ? yes(4, 'The line is trying to register.')
          : yes(9, `The registration is ${state}.`);
      }),
    ],
  },
  {
    id: 'wire-open',
    title: 'The wire is open or nothing is plugged in',
    symptoms: ['no-dial-tone', 'no-ring', 'fax-failures'],
    step: {
      text: 'Have somebody plug a known good telephone straight into the port of the gateway.',
      who: 'on-site',
      disturbs: true,
      proves: 'Dial tone there means the cable or the device behind it; none means the port.',
    },
    weigh: (look) => [
      look.at('fault', (fault) =>
        OPEN.has(fault)
          ? yes(8, 'The gateway sees nothing on the line.')
          : fault === 'none'
            ? yes(-3, 'The gateway sees no fault.')
            : null,
      ),
      look.at('lineTestReason', (reason) =>
        reason === 'nothing-connected' ? yes(8, 'The line test found nothing on the line.') : null,
      ),
      look.at('hook', (hook) => (hook === 'off-hook' ? yes(-6, 'Loop current flows, so the wire is not open.') : null)),
    ],
  },
  {
    id: 'wire-fault',
    title: 'The cable is damaged or wet: short, earth or foreign voltage',
    symptoms: ['no-dial-tone', 'no-ring', 'fax-failures', 'one-way-audio'],
    step: {
      text: 'Disconnect the cable at the gateway and look whether the fault goes away.',
      who: 'on-site',
      disturbs: true,
      proves: 'Gone: the cable or the device; still there: the port.',
    },
    weigh: (look) => [
      look.at('fault', (fault) =>
        WIRE.has(fault)
          ? yes(9, `The gateway sees ${fault.replaceAll('-', ' ')}.`)
          : fault === 'none'
            ? yes(-3, 'The gateway sees no fault.')
            : null,
      ),
      look.at('lineTestPassed', (passed) => {
        if (passed) return yes(-4, 'The line test passed.');
        return WIRE_TESTS.has(look.value('lineTestReason') ?? 'gateway-says-failed')
          ? yes(7, 'The line test failed.')
          : null;
      }),
      look.at('lineVoltageV', (volt) =>
        look.value('hook') === 'on-hook' && Math.abs(volt) < IDLE_VOLTAGE_LOW_V
          ? yes(4, `The idle voltage is only ${Math.abs(volt).toFixed(0)} V.`)
          : null,
      ),
    ],
  },
  {
    id: 'receiver-left-off',
    title: 'A receiver is off the hook, or the device holds the line',
    symptoms: ['no-ring', 'no-dial-tone', 'fax-failures'],
    step: {
      text: 'Ask the site to hang up every telephone on the line and unplug the devices one by one.',
      who: 'on-site',
      disturbs: true,
      proves: 'Which device holds the line.',
    },
    weigh: (look) => [
      look.at('call', (call) =>
        call === 'receiver-off-hook'
          ? yes(9, 'The gateway plays the off-hook tone.')
          : call === 'idle'
            ? yes(-3, 'The line is idle.')
            : null,
      ),
      look.at('hook', (hook) => (hook === 'on-hook' ? yes(-6, 'The line is on hook.') : null)),
    ],
  },
  {
    id: 'port-failed',
    title: 'The line circuit of the gateway has failed',
    symptoms: ['no-dial-tone', 'no-ring', 'fax-failures', 'one-way-audio'],
    step: {
      text: 'Move the line to a free port of the gateway, with the same settings.',
      who: 'on-site',
      disturbs: true,
      proves: 'Works there: the old port is dead.',
    },
    weigh: (look) => [
      look.at('fault', (fault) =>
        CARD.has(fault) ? yes(9, `The gateway reports ${fault.replaceAll('-', ' ')}.`) : null,
      ),
      look.at('oper', (oper) =>
        oper === 'out-of-service' && look.value('fault') !== 'no-line-device'
          ? yes(4, 'The port is out of service.')
          : oper === 'in-service'
            ? yes(-3, 'The port is in service.')
            : null,
      ),
      look.at('loopCurrentMa', (milliampere) =>
        look.value('hook') === 'off-hook' && milliampere < LOOP_CURRENT_LOW_MA
          ? yes(3, `Only ${milliampere.toFixed(0)} mA flow off hook.`)
          : null,
      ),
    ],
  },
  {
    id: 'wrong-cadence',
    title: 'The country profile does not fit: the device does not take the ring for a ring',
    symptoms: ['no-ring'],
    step: {
      text: 'Set the country profile of the gateway to the country of the site and ring the line.',
      who: 'remote',
      disturbs: true,
      proves: 'Rings: cadence or frequency was wrong for the device.',
    },
    weigh: (look) => [
      look.at('countryProfile', (profile) => {
        const zone = look.value('siteTimeZone');
        const fits = zone === undefined ? null : profileFits(profile, zone);
        return fits === null
          ? null
          : fits
            ? yes(-4, `The profile ${profile} fits ${zone}.`)
            : yes(6, `The profile is ${profile}, the site is in ${zone}.`);
      }),
      look.at('configChangedHoursAgo', (hours) =>
        hours <= LATELY_HOURS ? yes(2, `The config changed ${agoWords(hours)}.`) : null,
      ),
    ],
  },
  {
    id: 'ring-too-weak',
    title: 'The ring is too weak: too many ringers or too long a cable',
    symptoms: ['no-ring'],
    step: {
      text: 'Unplug all devices on the line but one and ring it.',
      who: 'on-site',
      disturbs: true,
      proves: 'Rings: the load was too much for the port.',
    },
    weigh: (look) => [
      look.at('fault', (fault) =>
        fault === 'ring-failure' ? yes(9, 'The gateway says that it cannot ring the line.') : null,
      ),
      look.at('ringVoltageV', (volt) =>
        volt < RING_VOLTAGE_LOW_V
          ? yes(6, `The ring voltage is only ${volt.toFixed(0)} V.`)
          : yes(-4, `The ring voltage is ${volt.toFixed(0)} V.`),
      ),
    ],
  },
  {
    id: 'call-never-arrives',
    title: 'The call does not arrive at the gateway: number or routing at the SIP server',
    symptoms: ['no-ring'],
    step: {
      text: 'Call the number and watch whether the port shows ringing.',
      who: 'remote',
      disturbs: false,
      proves: 'No ringing here: the server sends the call elsewhere.',
    },
    weigh: (look) => [
      look.at('registration', (state) =>
        state === 'registered' ? yes(3, 'The line is registered, so calls could arrive.') : null,
      ),
      look.at('fault', (fault) =>
        fault === 'none' ? yes(2, 'The gateway sees no fault of the line.') : yes(-4, 'The line itself has a fault.'),
      ),
      look.at('call', (call) => (call === 'ringing' ? yes(-8, 'The port is ringing right now.') : null)),
    ],
  },
  {
    id: 'media-blocked',
    title: 'Speech is lost one way: firewall or address translation between gateway and SIP server',
    symptoms: ['one-way-audio'],
    step: {
      text: 'Make a test call and compare sent and received packets on both sides; check the media port range of the firewall.',
      who: 'remote',
      disturbs: false,
      proves: 'Where the packets of one direction end.',
    },
    weigh: (look) => [
      look.at('registration', (state) => {
        if (state === 'registered') return yes(4, 'Signalling works; media takes another way.');
        return state === 'not-used' || state === 'registering' ? null : yes(-3, 'Not even signalling works.');
      }),
      look.at('packetLossPercent', (loss) =>
        loss < LOSS_HIGH_PERCENT ? yes(2, 'What arrives arrives well, so the network is not merely poor.') : null,
      ),
      look.at('configChangedHoursAgo', (hours) =>
        hours <= LATELY_HOURS ? yes(3, `The config changed ${agoWords(hours)}.`) : null,
      ),
      look.at('neighboursWrong', (wrong) =>
        wrong === 0 && (look.value('neighboursInUse') ?? 0) >= 2 ? yes(-1, 'Other lines of the gateway work.') : null,
      ),
    ],
  },
  {
    id: 'network-poor',
    title: 'The network loses or delays packets',
    symptoms: ['one-way-audio', 'fax-failures'],
    step: {
      text: 'Look at the load of the site’s uplink and whether voice is put first there.',
      who: 'remote',
      disturbs: false,
      proves: 'Whether loss goes with load.',
    },
    weigh: (look) => [
      look.at('packetLossPercent', (loss) =>
        loss >= LOSS_HIGH_PERCENT
          ? yes(7, `${loss.toFixed(1)} % of the packets are lost.`)
          : yes(-3, `Only ${loss.toFixed(1)} % of the packets are lost.`),
      ),
      look.at('jitterMs', (jitter) =>
        jitter >= JITTER_HIGH_MS
          ? yes(5, `Jitter is ${jitter.toFixed(0)} ms.`)
          : yes(-2, `Jitter is ${jitter.toFixed(0)} ms.`),
      ),
    ],
  },
  {
    id: 'handset',
    title: 'The handset, its cord or the wiring of one direction',
    symptoms: ['one-way-audio'],
    step: {
      text: 'Try the line with another telephone, plugged straight into the port.',
      who: 'on-site',
      disturbs: true,
      proves: 'Works: the device or its cable.',
    },
    weigh: (look) => [
      look.at('packetLossPercent', (loss) => (loss < 1 ? yes(2, 'The network carries the calls well.') : null)),
      look.at('neighboursWrong', (wrong) =>
        wrong === 0 && (look.value('neighboursInUse') ?? 0) >= 2 ? yes(3, 'Only this line is affected.') : null,
      ),
      look.at('lineTestPassed', (passed) => (passed ? yes(1, 'The pair itself tests good.') : null)),
    ],
  },
  {
    id: 'no-t38',
    title: 'Fax goes as speech: T.38 is off',
    symptoms: ['fax-failures'],
    step: {
      text: 'Switch T.38 on for the line, and check that the SIP provider offers it.',
      who: 'remote',
      disturbs: true,
      proves: 'Faxes pass with T.38: the codec was the cause.',
    },
    weigh: (look) => [
      look.at('t38', (on) => (on ? yes(-6, 'T.38 is on.') : yes(6, 'T.38 is off.'))),
      look.at('packetLossPercent', (loss) =>
        loss >= FAX_LOSS_HIGH_PERCENT && look.value('t38') === false
          ? yes(3, `Without T.38 a loss of ${loss.toFixed(1)} % breaks faxes.`)
          : null,
      ),
    ],
  },
  {
    id: 'fax-codec',
    title: 'A compressing codec is chosen for the fax line',
    symptoms: ['fax-failures'],
    step: {
      text: 'Allow G.711 alone on the line.',
      who: 'remote',
      disturbs: true,
      proves: 'Faxes pass with G.711: the codec was the cause.',
    },
    weigh: (look) => [
      look.at('codecs', (codecs) => {
        const first = codecs[0];
        if (first === undefined) return null;
        return isG711(first) ? yes(-5, `${first} comes first.`) : yes(6, `${first} comes first.`);
      }),
      look.at('t38', (on) => (on ? yes(-2, 'T.38 is on, so the codec counts for less.') : null)),
    ],
  },
  {
    id: 'fax-machine',
    title: 'The fax machine or the other side',
    symptoms: ['fax-failures'],
    step: {
      text: 'Send a test fax to another machine with error correction on and at 9600 bit/s.',
      who: 'on-site',
      disturbs: false,
      proves: 'Passes: speed or the other side was the cause.',
    },
    weigh: (look) => [
      look.at('t38', (on) => (on ? yes(2, 'T.38 is on.') : null)),
      look.at('packetLossPercent', (loss) =>
        loss < FAX_LOSS_HIGH_PERCENT ? yes(2, 'The network loses nothing to speak of.') : null,
      ),
      look.at('failedCallsPercent', (share) =>
        (look.value('callsLastSixHours') ?? 0) >= 5 && share >= 30
          ? yes(1, `${share.toFixed(0)} % of its calls fail.`)
          : null,
      ),
    ],
  },
  {
    id: 'came-with-a-change',
    title: 'It came with a change: config, firmware or a restart',
    symptoms: ['no-dial-tone', 'one-way-audio', 'no-ring', 'fax-failures'],
    step: {
      text: 'Ask who changed the gateway and what, and look at this line on the gateway’s own web page.',
      who: 'remote',
      disturbs: false,
      proves: 'Whether the change touched this line.',
    },
    weigh: (look) => [
      look.at('firmwareChangedHoursAgo', (hours) =>
        hours <= LATELY_HOURS ? yes(4, `The firmware changed ${agoWords(hours)}.`) : null,
      ),
      look.at('configChangedHoursAgo', (hours) =>
        hours <= LATELY_HOURS ? yes(3, `The config changed ${agoWords(hours)}.`) : null,
      ),
      look.at('restartedHoursAgo', (hours) =>
        hours <= 2 ? yes(2, `The gateway restarted ${agoWords(hours)}.`) : null,
      ),
    ],
  },
];

/** Age in hours as people write it: "24 min ago", "5 h ago", "3 days ago". */
export function agoWords(hours: number): string {
  const minutes = Math.max(0, Math.round(hours * 60));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  return hours < 48 ? `${Math.round(hours)} h ago` : `${Math.round(hours / 24)} days ago`;
}

function isG711(codec: string): boolean {
  return /g\.?711|pcm[ua]|[au]-?law/i.test(codec);
}

/**
 * Countries with their own ring and tones, by the prefix of their profile names at the vendors, and their time zones.
 */
const COUNTRIES: readonly { profile: RegExp; zones: RegExp }[] = [
  {
    profile: /^(gb|uk|united ?kingdom|england|british)\b/i,
    zones: /^(Europe\/(London|Belfast|Jersey|Guernsey|Isle_of_Man)|GB)$/,
  },
  {
    profile: /^(us|usa|united ?states|north ?america|canada|ca)\b/i,
    zones:
      /^(US\/.*|Canada\/.*|America\/(New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Toronto|Vancouver|Winnipeg|Halifax|Edmonton|Boise|Anchorage|Regina|St_Johns|Indiana\/.*|Kentucky\/.*)|Pacific\/Honolulu)$/,
  },
  { profile: /^(de|germany|deutschland)\b/i, zones: /^Europe\/(Berlin|Busingen)$/ },
  { profile: /^(fr|france)\b/i, zones: /^Europe\/Paris$/ },
  { profile: /^(au|australia)\b/i, zones: /^Australia\// },
  { profile: /^(jp|japan)\b/i, zones: /^(Asia\/Tokyo|Japan)$/ },
];

/**
 * Whether a country profile fits a site's time zone. The answer is false only where both belong to a known country;
 * null where either does not.
 */
export function profileFits(profile: string, zone: string): boolean | null {
  const named = COUNTRIES.find((one) => one.profile.test(profile.trim().replaceAll(/[_-]/g, ' ')));
  const there = COUNTRIES.find((one) => one.zones.test(zone));
  return named === undefined || there === undefined ? null : named === there;
}
