import { AgentTargetsInput, CustomerInput, SiteInput } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { issuesByField, problemByField } from './issues.ts';

const errorsOf = (result: { success: boolean; error?: Parameters<typeof issuesByField>[0] | undefined }) =>
  result.error === undefined ? {} : issuesByField(result.error);

describe('what is wrong with a form', () => {
  test('a name is needed, and has an end', () => {
    expect(errorsOf(CustomerInput.safeParse({ name: '  ' }))).toEqual({ name: 'Required.' });
    expect(errorsOf(CustomerInput.safeParse({ name: 'x'.repeat(121) }))).toEqual({ name: 'At most 120 characters.' });
  });

  test('a zone that does not exist, a latitude off the earth, a customer not chosen', () => {
    const site = { customerId: '', name: 'Kiln Lane', timeZone: 'Mars/Base', latitude: 91, longitude: null };
    expect(errorsOf(SiteInput.safeParse(site))).toEqual({
      customerId: 'Choose one.',
      timeZone: 'Expected: an IANA time zone such as Europe/London.',
      latitude: 'At most 90.',
    });
  });

  test('a fault inside a list is named by its place', () => {
    const input = { targets: [{ id: 'a', address: '', port: 70_000 }] };
    expect(errorsOf(AgentTargetsInput.safeParse(input))).toEqual({
      'targets.0.address': 'Required.',
      'targets.0.port': 'At most 65535.',
    });
  });

  test('what the API found is put to the same fields', () => {
    const fields = [
      { path: 'body.name', expected: 'another name' },
      { path: 'body.targets.0.address', expected: 'an address' },
    ];
    expect(problemByField({ type: '', title: '', status: 400, code: 'invalid-input', requestId: '', fields })).toEqual({
      name: 'Expected: another name.',
      'targets.0.address': 'Expected: an address.',
    });
  });
});
