import { describe, expect, test } from 'vitest';
import { readPreferences } from './model.ts';

const from = (cookies: Record<string, string>) => readPreferences((name) => cookies[name]);

describe('preferences', () => {
  test('nobody has chosen yet', () => {
    expect(from({})).toEqual({ theme: 'system', zone: 'site', shortcuts: 'on', notify: 'off', myZone: '' });
  });

  test('what was chosen is kept', () => {
    expect(
      from({
        'loopstart-theme': 'dark',
        'loopstart-zone': 'mine',
        'loopstart-shortcuts': 'off',
        'loopstart-notify': 'major',
        'loopstart-myZone': 'Europe%2FBerlin',
      }),
    ).toEqual({ theme: 'dark', zone: 'mine', shortcuts: 'off', notify: 'major', myZone: 'Europe/Berlin' });
  });

  test('a value nobody offers is ignored', () => {
    expect(from({ 'loopstart-notify': 'loudly' }).notify).toBe('off');
    expect(from({ 'loopstart-theme': 'pink', 'loopstart-myZone': 'Mars/Base' })).toMatchObject({
      theme: 'system',
      myZone: '',
    });
  });
});
