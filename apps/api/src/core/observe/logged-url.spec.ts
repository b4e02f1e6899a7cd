import { endpoints } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { loggedUrl } from './logged-url.ts';

const ID = '7f0c2f5e-4f5a-4b1e-9a53-2f4f3f9e2b11';

test.each([
  ['/', '/'],
  ['/api/v1/sites', '/api/v1/sites'],
  [`/api/v1/gateways/${ID}/ports/24`, `/api/v1/gateways/${ID}/ports/24`],
  ['/api/v1/sites?customerId=1&q=grand', '/api/v1/sites?…'],
  ['/api/v1/session?password=p?q', '/api/v1/session?…'],
  [`/single-sign-on/callback/${ID}?code=c`, `/single-sign-on/callback/${ID}?…`],
  ['/invitation/c2VjcmV0', '/…/…'],
  ['/api/v1/sites/lst_0123456789abcdef', '/api/v1/sites/…'],
  ['/api/v1/%73ites/a%2Fb', '/api/v1/…/…'],
  [`/scim/v2/Users/${ID}?filter=userName`, `/scim/v2/Users/${ID}?…`],
  ['/scim/v2/Groups/.search', '/scim/v2/Groups/.search'],
  ['?token=t', '?…'],
])('%s is logged as %s', (url, logged) => {
  expect(loggedUrl(url)).toBe(logged);
});

test('each operation can be told by its address', () => {
  for (const { path } of Object.values(endpoints)) {
    const asked = path.replaceAll(/:\w+/gu, ID);
    expect(loggedUrl(asked)).toBe(asked);
  }
});
