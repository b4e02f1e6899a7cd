import { type SsoConnection, SsoConnectionInput } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { bodyOf, draftOf, EMPTY_CONNECTION } from './connection-draft.ts';

const places = { customerIds: [], siteIds: [], tags: ['north'] };
const connection: SsoConnection = {
  id: '3f9c1c1e-6a3f-4d8e-9d0a-0f1e2d3c4b5a',
  name: 'Oak ID',
  issuer: 'https://id.example.com',
  clientId: 'loopstart',
  groupsClaim: 'groups',
  rules: [{ group: 'field', role: 'technician', limitedTo: places }],
  otherwise: { role: 'customer-manager', limitedTo: places },
  provisions: true,
  domains: ['a.example.com', 'b.example.com'],
  active: true,
  redirectUri: 'https://console.example.com/x',
  linked: 2,
  lastSignInAt: null,
  updatedAt: '2026-12-01T09:00:00.000Z',
};

test('a connection that is saved as it was read stays as it is, its secret too', () => {
  const body = SsoConnectionInput.parse(bodyOf(draftOf(connection)));
  const { id, redirectUri, linked, lastSignInAt, updatedAt, ...settings } = connection;
  expect(body).toEqual(settings);
});

test('domains are separated by commas, lines or spaces', () => {
  const draft = { ...EMPTY_CONNECTION, domains: ' a.example.com,\nb.example.com  c.example.com ' };
  expect(bodyOf(draft).domains).toEqual(['a.example.com', 'b.example.com', 'c.example.com']);
});

test('no role of everybody else is none, whatever places it had', () => {
  const none = { ...draftOf(connection), otherwise: { role: '', limitedTo: places } };
  expect(bodyOf(none).otherwise).toBeNull();
});

test('a secret is sent where one was typed', () => {
  expect(bodyOf({ ...EMPTY_CONNECTION, clientSecret: 's' }).clientSecret).toBe('s');
  expect('clientSecret' in bodyOf(EMPTY_CONNECTION)).toBe(false);
});
