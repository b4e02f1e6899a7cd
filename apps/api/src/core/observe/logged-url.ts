import { endpoints, LIVE_PATH, SCIM_PATH } from '@loopstart/contracts';
import { isUuid } from '../uuid.ts';

/** Parts of the paths that are served beside those of the contract. */
const OTHERS = [
  '.well-known/oauth-authorization-server',
  '.well-known/oauth-protected-resource/mcp',
  'agent',
  'api/v1/pki/ca.pem',
  'api/v1/pki/crl.pem',
  'api/v1/single-sign-on/callback',
  'docs/assets',
  'docs/errors',
  'install.sh',
  'internal/canary',
  'mcp',
  'oauth/token',
  'openapi.json',
  `${SCIM_PATH}/Users/.search`,
  'Groups',
  'ServiceProviderConfig',
  'ResourceTypes',
  'Schemas',
  'Bulk',
  'Me',
];
const WORDS: ReadonlySet<string> = new Set(
  [...Object.values(endpoints).map(({ path }) => path), LIVE_PATH, ...OTHERS]
    .flatMap((path) => path.split('/'))
    .filter((part) => !part.startsWith(':')),
);
const SMALL_NUMBER = /^\d{1,5}$/u;

/**
 * The address of a request as logs have it: its path with the words that are known, ids and small numbers, and whether it had
 * a query. Whatever else people and programs put into addresses may be a secret: a token in a link, a password in a query.
 */
export function loggedUrl(url: string): string {
  const [path = '', ...query] = url.split('?');
  const parts = path
    .split('/')
    .map((part) => (WORDS.has(part) || isUuid(part) || SMALL_NUMBER.test(part) ? part : '…'));
  return `${parts.join('/')}${query.length > 0 ? '?…' : ''}`;
}
