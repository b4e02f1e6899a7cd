import type { Codec, CodecPreference } from '@loopstart/domain';
import { LEAVE, type Spread, type Texts } from '../../engine/config/entries.ts';
import { refuse, unverified } from '../../engine/config/words.ts';

const CODECS: Readonly<Partial<Record<Codec, string>>> = {
  PCMU: 'G711Mulaw',
  PCMA: 'G711Alaw',
  G729: 'G729',
  G723: 'G723',
  'G726-32': 'G726r32kbps',
};
const NAMES = Object.keys(CODECS) as Codec[];
const OTHERS = ['G726r16kbps', 'G726r24kbps', 'G726r40kbps', 'ClearMode', 'ClearChannel', 'XCCD'];
const codecKeys = [...NAMES.map((name) => CODECS[name] ?? ''), ...OTHERS].map(
  (name) => `Mipt.DefaultCodec${name}VoiceEnable`,
);
const timeKeys = NAMES.flatMap((name) => ['Min', 'Max'].map((end) => `Mipt.DefaultCodec${CODECS[name]}${end}PTime`));

/** One codec alone: which end of its priorities comes first is not known, so a list is not written. */
export const mediatrixCodecs: Spread<readonly CodecPreference[]> = {
  write([wanted, ...more]) {
    if (wanted === undefined) return refuse('expected one codec');
    if (more.length > 0)
      return unverified('which of its priorities comes first is not verified, so it can have one codec');
    if (CODECS[wanted.codec] === undefined) return refuse(`this gateway does not have ${wanted.codec}`);
    const switches = [...NAMES, ...OTHERS].map((name) => (name === wanted.codec ? 'Enable' : 'Disable'));
    const times = NAMES.flatMap((name): Texts => {
      const time = name === wanted.codec ? String(wanted.ptimeMs) : LEAVE;
      return [time, time];
    });
    return [...switches, ...times];
  },
  read(texts) {
    const enabled = [...NAMES, ...OTHERS].filter((_, index) => texts[index] !== 'Disable');
    const codec = NAMES.find((name) => name === enabled[0]);
    if (codec === undefined || enabled.length > 1) return undefined;
    const [min, max] = texts.slice(codecKeys.length + NAMES.indexOf(codec) * 2);
    return min !== undefined && min === max ? [{ codec, ptimeMs: Number(min) }] : undefined;
  },
};

/** The switches of every codec, and the packet times of those of the model. */
export const MEDIATRIX_CODEC_KEYS = [...codecKeys, ...timeKeys];
