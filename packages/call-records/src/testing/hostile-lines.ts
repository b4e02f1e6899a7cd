import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

/** Lines of our own records: where a change of structure begins. */
const LINES = readdirSync(FIXTURES)
  .filter((file) => /\.(?:log|csv)$/.test(file))
  .flatMap((file) => readFileSync(join(FIXTURES, file), 'utf8').split('\n'))
  .filter((line) => line !== '');

const POISON = [
  '|',
  '||||',
  ';',
  ',',
  '"',
  '""',
  '<142>',
  '\0',
  '\u001B[31m',
  '\u202E',
  '\uD800',
  '=1+1',
  '-1',
  '4294967295',
  '127',
  '9'.repeat(40),
  ' '.repeat(200),
  'CALL_END',
  'SBC',
  '%VOIPAAA-5-VOIP_CALL_HISTORY: ',
  'LSCDR;',
  '\\"',
  '[',
  ']',
  'é'.repeat(50),
];

/** A line of a known form in which pieces were left out, doubled, swapped, cut, or replaced. */
export const hostileLine: fc.Arbitrary<string> = fc
  .record({
    line: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...LINES) },
      { weight: 1, arbitrary: fc.string({ maxLength: 400, unit: 'binary' }) },
    ),
    edits: fc.array(
      fc.record({
        what: fc.constantFrom('cut', 'double', 'drop', 'poison', 'swap', 'repeat'),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        size: fc.nat(60),
        poison: fc.constantFrom(...POISON),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ line, edits }) => {
    let text = line;
    for (const { what, at, size, poison } of edits) {
      const place = Math.floor(at * text.length);
      const piece = text.slice(place, place + size);
      const [before, after] = [text.slice(0, place), text.slice(place + size)];
      text = {
        cut: before,
        double: before + piece + piece + after,
        drop: before + after,
        poison: before + poison + after,
        swap: after + piece + before,
        repeat: before + poison.repeat(20) + text.slice(place),
      }[what]!;
      text = text.slice(0, 70_000);
    }
    return text;
  });
