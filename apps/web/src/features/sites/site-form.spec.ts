import { SiteInput } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { checkSite, fieldsOf, siteInputOf, tagsError, tagsOf } from './site-form.ts';

const customerId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const fields = { ...fieldsOf(undefined, customerId), timeZone: 'Europe/London', name: 'Brighton' };

describe('the site form', () => {
  test('an empty position is none, not the Gulf of Guinea', () => {
    expect(SiteInput.parse(siteInputOf(fields))).toMatchObject({ latitude: null, longitude: null });
  });

  test('a decimal comma is understood', () => {
    const input = siteInputOf({ ...fields, latitude: '50,8', longitude: '-0.1' });
    expect(input).toMatchObject({ latitude: 50.8, longitude: -0.1 });
  });

  test.for([
    [{ latitude: 'north' }, 'latitude'],
    [{ latitude: '91', longitude: '0' }, 'latitude'],
    [{ name: ' ' }, 'name'],
    [{ timeZone: 'Europe/Brighton' }, 'timeZone'],
    [{ customerId: '' }, 'customerId'],
  ] as const)('%j is refused at %s', ([change, path]) => {
    const refused = SiteInput.safeParse(siteInputOf({ ...fields, ...change }));
    expect(refused.error?.issues[0]?.path).toEqual([path]);
  });

  test('half a position is refused at the missing half', () => {
    expect(checkSite({ latitude: 50, longitude: null })).toEqual({ longitude: 'Enter both or neither.' });
    expect(checkSite({ latitude: null, longitude: 0 })).toEqual({ latitude: 'Enter both or neither.' });
    expect(checkSite({ latitude: 0, longitude: 0 })).toEqual({});
  });
});

describe('tags as typed', () => {
  test.for([
    ['', []],
    [' North,lifts  lifts\tcare-home ', ['north', 'lifts', 'care-home']],
  ] as const)('"%s"', ([text, tags]) => {
    expect(tagsOf(text)).toEqual(tags);
    expect(tagsError(tagsOf(text))).toBeUndefined();
  });
  test('what is no tag is named', () => {
    expect(tagsError(tagsOf('north -south'))).toBe(
      '“-south” is no tag: small letters, digits and hyphens, at most 40 characters.',
    );
    expect(tagsError(Array.from({ length: 21 }, (_, at) => `t${at}`))).toBe('At most 20 tags.');
  });
});
