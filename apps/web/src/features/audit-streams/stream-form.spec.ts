import { type AuditStream, endpoints, NewAuditStream } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { bodyOf, draftOf } from './stream-form.ts';

const stored = (part: Partial<AuditStream>) => draftOf({ name: 'SIEM', ...part } as AuditStream);

test.for([
  ['a webhook', { ...draftOf(null), name: 'Hook', url: ' https://siem.example.com/in ' }],
  ['syslog', { ...draftOf(null), kind: 'syslog', name: 'SIEM', host: 'siem.example.com', from: 'start' }],
] as const)('%s as entered is what the API takes', ([, draft]) => {
  expect(NewAuditStream.safeParse(bodyOf(draft, true)).success).toBe(true);
});

test.for([
  ['no address', { name: 'Hook' }, 'url'],
  ['no name', { url: 'https://siem.example.com/' }, 'name'],
  ['no host', { kind: 'syslog', name: 'SIEM' }, 'host'],
  ['a port that is none', { kind: 'syslog', name: 'SIEM', host: 'siem', port: 'tls' }, 'port'],
  ['certificates that are none', { kind: 'syslog', name: 'SIEM', host: 'siem', ca: 'abc' }, 'ca'],
] as const)('%s is refused by its field', ([, part, field]) => {
  const { error } = NewAuditStream.safeParse(bodyOf({ ...draftOf(null), ...part }, true));
  expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

test.for([
  ['siem.example.com:6514', 'siem.example.com', '6514'],
  ['[2001:db8::1]:601', '2001:db8::1', '601'],
] as const)('%s is edited as %s and %s', ([target, host, port]) => {
  expect(stored({ kind: 'syslog', target })).toMatchObject({ host, port });
});

test('what is left empty of a stream that is there is not sent', () => {
  const { body } = endpoints.updateAuditStream;
  expect(body.parse(bodyOf(stored({ kind: 'webhook', target: 'siem.example.com' }), false))).toEqual({
    kind: 'webhook',
    name: 'SIEM',
  });
  expect(body.parse(bodyOf(stored({ kind: 'syslog', target: 'siem:6514' }), false))).toEqual({
    kind: 'syslog',
    name: 'SIEM',
    host: 'siem',
    port: 6514,
  });
});
