import { type Channel, CHANNEL_KINDS, ChannelInput } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { type ChannelDraft, checkMoved, checkNew, draftOf, headersFault, inputOf, newDraft } from './channel-form.ts';

const filled: Record<string, Partial<ChannelDraft>> = {
  webhook: { url: 'https://example.net/hook' },
  email: { to: 'a@example.net, b@example.net\nc@example.net' },
  slack: { url: 'https://hooks.example.net/x' },
  teams: { url: 'https://hooks.example.net/y' },
  pagerduty: { routingKey: 'R1' },
  opsgenie: { apiKey: 'K1' },
  ticket: { url: 'https://tickets.example.net/v1', credentials: 'Basic eA==', headers: 'clientId: 7\nX-Note: a:b' },
};

const stored = (kind: Channel['kind'], config: Record<string, unknown>, filters = {}) =>
  ({ kind, name: 'Stored', config, filters }) as Channel;

describe('the form of a channel', () => {
  test.for(CHANNEL_KINDS)('a %s filled in is what the API takes, and nothing secret is missing', (kind) => {
    const input = ChannelInput.parse(inputOf({ ...newDraft(kind), name: 'One', ...filled[kind] }));
    expect(input).toMatchObject({ kind, name: 'One' });
    expect(checkNew(input)).toEqual({});
  });

  test.for([
    ['slack', 'url'],
    ['teams', 'url'],
    ['pagerduty', 'routingKey'],
    ['opsgenie', 'apiKey'],
  ] as const)('a new %s needs its %s; a stored one keeps it when the field stays empty', ([kind, field]) => {
    const input = ChannelInput.parse(inputOf(draftOf(stored(kind, { region: 'eu', host: 'hooks.example.net' }))));
    expect(Object.keys(input)).not.toContain(field);
    expect(checkNew(input)).toEqual({ [field]: 'Required.' });
  });

  test.for([
    ['pagerduty', { region: 'us' }, { region: 'eu' }, ['routingKey']],
    ['opsgenie', { region: 'us' }, { url: 'https://relay.example.net/' }, ['apiKey']],
    [
      'ticket',
      { url: 'https://a.example.net/v1', hasCredentials: true, headerNames: ['x'] },
      { url: 'https://b.example.net/v1' },
      ['credentials', 'headers'],
    ],
    [
      'ticket',
      { url: 'https://a.example.net/v1', hasCredentials: true, headerNames: ['x'] },
      { url: 'https://a.example.net/v2' },
      [],
    ],
    [
      'ticket',
      { url: 'https://a.example.net/v1', hasCredentials: false, headerNames: [] },
      { url: 'https://b.example.net/v1' },
      [],
    ],
    [
      'ticket',
      { url: 'https://a.example.net/v1', hasCredentials: true, headerNames: [] },
      { url: 'https://b.example.net/', credentials: 'Basic eA==' },
      [],
    ],
    ['slack', { host: 'a.example.net' }, { url: 'https://b.example.net/x' }, []],
  ] as const)('a stored %s with %j, changed by %j, asks again for %j', ([kind, config, part, asked]) => {
    const channel = stored(kind, config);
    const input = ChannelInput.parse(inputOf({ ...draftOf(channel), ...part }));
    expect(Object.keys(checkMoved(channel, input))).toEqual(asked);
  });

  test('addresses may be parted by commas, lines or blanks', () => {
    expect(inputOf({ ...newDraft('email'), ...filled['email'] })).toMatchObject({
      to: ['a@example.net', 'b@example.net', 'c@example.net'],
    });
    expect(ChannelInput.safeParse(inputOf({ ...newDraft('email'), name: 'x' })).success).toBe(false);
  });

  test('header lines become fields, and a value may hold a colon', () => {
    expect(inputOf({ ...newDraft('ticket'), ...filled['ticket'] })).toMatchObject({
      headers: { clientId: '7', 'X-Note': 'a:b' },
    });
    expect(headersFault('clientId: 7\n\nX-Note: b')).toBeNull();
    expect(headersFault('client id 7')).toContain('“client id 7”');
  });

  test('what is stored comes back as it was: ticket bodies, region and filters', () => {
    const ticket = {
      url: 'https://t.example.net/',
      idPath: 'ticket.id',
      openBody: '{"a":1}',
      updateMethod: 'PUT',
      updateAt: 'collection',
    };
    expect(inputOf(draftOf(stored('ticket', ticket)))).toMatchObject(ticket);
    expect(inputOf(draftOf(stored('pagerduty', { region: 'eu' })))).toMatchObject({ region: 'eu' });
    const filters = { severities: ['critical'], customerIds: ['0198f2a0-0000-7000-8000-000000000001'] };
    expect(inputOf(draftOf(stored('webhook', { url: 'https://example.net/' }, filters)))).toMatchObject({ filters });
  });
});
