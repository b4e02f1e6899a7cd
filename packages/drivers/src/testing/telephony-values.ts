import fc from 'fast-check';
import { CODECS, fieldOf, type Codec, type FieldId } from '@loopstart/domain';

const LETTERS = 'abcxyzABCXYZ0123456789';
const TEXTS: Readonly<Record<string, string>> = {
  account: `${LETTERS}_.+-`,
  password: `${LETTERS}_.+=:@*()[]^~/-`,
  name: `${LETTERS} _.,:()/+-`,
  digits: '0123456789*#',
};
const ADDRESSES = ['10.0.0.10', '192.0.2.7'];

function textValues(characters: string, min: number, max: number): fc.Arbitrary<string> {
  const set = TEXTS[characters];
  if (set !== undefined) {
    return fc.array(fc.constantFrom(...set), { minLength: min, maxLength: max }).map((parts) => parts.join(''));
  }
  if (characters === 'host') return fc.constantFrom(...ADDRESSES, 'sip.example.net', 'gw-1');
  if (characters === 'network') return fc.constantFrom('192.0.2.0/24', '10.0.0.0/8');
  if (characters === 'time-zone') return fc.constantFrom('Europe/London', 'Europe/Berlin', 'America/New_York', 'UTC');
  return fc.constantFrom('https://prov.example.net/gw', 'http://10.0.0.10/cfg', 'tftp://10.0.0.10/a');
}

const server = fc
  .tuple(fc.constantFrom(...ADDRESSES, 'sip.example.net'), fc.constantFrom(null, 5080, 1162))
  .map(([host, port]) => ({ host, port }));

/** Values that a field can have, among them those of the round steps that vendors have. */
export function telephonyValues(field: FieldId): fc.Arbitrary<unknown> {
  const { type } = fieldOf(field);
  switch (type.kind) {
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...type.values);
    case 'integer': {
      const rounds = [-12, -6, -2, 0, 2, 4, 6, 20, 25, 30, 60, 120, 150, 300, 500, 600, 900, 1800, 3600, 7200, 14_400];
      const fitting = rounds.filter((round) => round >= type.min && round <= type.max);
      const any = fc.integer({ min: type.min, max: type.max });
      return fitting.length === 0 ? any : fc.oneof(any, fc.constantFrom(...fitting));
    }
    case 'text':
      return field === 'line.country'
        ? fc.constantFrom('GB', 'DE', 'US', 'IT', 'FR')
        : textValues(type.characters, type.lengthMin, type.lengthMax);
    case 'list':
      return fc.array(textValues(type.of.characters, type.of.lengthMin, type.of.lengthMax), {
        minLength: 1,
        maxLength: type.countMax,
      });
    case 'endpoints':
      return fc.array(server, { minLength: 1, maxLength: type.countMax });
    case 'codecs':
      return fc
        .record({
          names: fc.oneof(
            fc.uniqueArray(fc.constantFrom<Codec[]>(...CODECS), { minLength: 1, maxLength: 4 }),
            fc.shuffledSubarray<Codec>(['PCMU', 'PCMA', 'G729'], { minLength: 1 }),
          ),
          ptimeMs: fc.constantFrom(10, 20, 30, 40, 60),
        })
        .map(({ names, ptimeMs }) => names.map((codec) => ({ codec, ptimeMs })));
    case 'cadence': {
      const ms = fc.integer({ min: 5, max: 400 }).map((centiseconds) => centiseconds * 10);
      const pulse = fc.tuple(ms, ms).map(([onMs, offMs]) => ({ onMs, offMs }));
      return fc.array(pulse, { minLength: 1, maxLength: type.countMax });
    }
  }
}
