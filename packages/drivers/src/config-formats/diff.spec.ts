import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffSettings } from './diff.ts';
import type { ConfigSetting, SecretForm } from './format.ts';

const setting = (key: string, value: string | null, secret: SecretForm = 'none'): ConfigSetting => ({
  key,
  label: key,
  value,
  line: 1,
  secret,
});

const map = (...settings: ConfigSetting[]) => new Map(settings.map((s) => [s.key, s]));
const UNSET = { secretKeys: new Set<string>(), absent: 'unset' } as const;
const value = (text: string) => ({ kind: 'value', value: text });
const secret = (state: string) => ({ kind: 'secret', state });

describe('the difference of two configurations', () => {
  test.for<[string, ConfigSetting, ConfigSetting, unknown]>([
    ['equal values', setting('a', '1'), setting('a', '1'), []],
    ['other values', setting('a', '1'), setting('a', '2'), ['different', value('1'), value('2')]],
    ['equal secrets', setting('a', '1', 'plain'), setting('a', '1', 'plain'), []],
    [
      'other secrets',
      setting('a', '1', 'plain'),
      setting('a', '2', 'plain'),
      ['different', secret('set'), secret('set')],
    ],
    [
      'a secret that is emptied',
      setting('a', '1', 'plain'),
      setting('a', ''),
      ['different', secret('set'), secret('empty')],
    ],
    [
      'a masked secret',
      setting('a', '1', 'plain'),
      setting('a', null, 'masked'),
      ['cannot-tell', secret('set'), secret('hidden')],
    ],
    [
      'two masked ones',
      setting('a', null, 'masked'),
      setting('a', null, 'masked'),
      ['cannot-tell', secret('hidden'), secret('hidden')],
    ],
    [
      'opaque texts',
      setting('a', '$1$x', 'opaque'),
      setting('a', '$1$y', 'opaque'),
      ['cannot-tell', secret('set'), secret('set')],
    ],
    ['equal opaque texts', setting('a', '$1$x', 'opaque'), setting('a', '$1$x', 'opaque'), []],
    [
      'an opaque and an empty one',
      setting('a', '$1$x', 'opaque'),
      setting('a', ''),
      ['different', secret('set'), secret('empty')],
    ],
  ])('of %s', ([, one, other, expected]) => {
    const found = diffSettings(map(one), map(other), UNSET).map((d) => [d.verdict, d.before, d.after]);
    expect(found).toEqual(Array.isArray(expected) && expected.length > 0 ? [expected] : []);
  });

  test('knows secrets by keys that do not say so', () => {
    const [found] = diffSettings(map(setting('P34', 'x')), map(setting('P34', 'y')), {
      secretKeys: new Set(['P34']),
      absent: 'unset',
    });
    expect(found).toMatchObject({ verdict: 'different', before: secret('set'), after: secret('set') });
  });

  test('cannot tell what an absent key is where units leave out defaults', () => {
    const [before, after] = [map(setting('a', '1')), map(setting('b', '2'))];
    expect(diffSettings(before, after, UNSET).map(({ key, verdict }) => [key, verdict])).toEqual([
      ['a', 'different'],
      ['b', 'different'],
    ]);
    const unknown = diffSettings(before, after, { ...UNSET, absent: 'unknown' });
    expect(unknown.map(({ verdict, before, after }) => [verdict, before.kind, after.kind])).toEqual([
      ['cannot-tell', 'value', 'absent'],
      ['cannot-tell', 'absent', 'value'],
    ]);
  });

  test('never shows a secret, and is empty between a configuration and itself unless it hides something', () => {
    const forms = fc.constantFrom<SecretForm>('none', 'plain', 'opaque');
    const some = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'P34'),
      fc.tuple(fc.constantFrom('', 'secret-1', 'secret-2'), forms),
    );
    const settings = some.map((entries) =>
      map(...Object.entries(entries).map(([key, [text, form]]) => setting(key, text, form))),
    );
    fc.assert(
      fc.property(settings, settings, (one, other) => {
        const options = { ...UNSET, secretKeys: new Set(['P34']) };
        expect(diffSettings(one, one, options)).toEqual([]);
        for (const { key, before, after } of diffSettings(one, other, options)) {
          const isSecret = key === 'P34' || [one, other].some((s) => (s.get(key)?.secret ?? 'none') !== 'none');
          if (isSecret) expect(JSON.stringify([before, after])).not.toContain('secret-');
        }
      }),
      { numRuns: 200 },
    );
  });
});
