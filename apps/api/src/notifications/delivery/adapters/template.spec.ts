import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidentPayload } from '../../../../test/outbound/messages.ts';
import { fillJson, fillQuery, incidentOf, queryProblem, templateProblem, valueAt } from './template.ts';

const ORIGIN = 'https://loopstart.example.com';
const OPERATOR = '3c3f8c52-6a0e-4f7e-9d70-1c8f6f1b2a55';
const incident = (title: string) => incidentOf(incidentPayload('incident.raised', OPERATOR, { title }))!;

describe('a template', () => {
  test('is filled in', () => {
    const body = fillJson(
      '{"summary":"{{incident.title}} at {{ incident.place }}","n":{{incident.number}}}',
      incident('Down'),
      { origin: ORIGIN },
    );
    expect(JSON.parse(body)).toEqual({ summary: 'Down at Alpha, North House, Harbour & Sons', n: 7 });
  });

  test('stays JSON whatever a name contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        expect(JSON.parse(fillJson('{"a":"{{incident.title}}"}', incident(title), { origin: ORIGIN }))).toEqual({
          a: title,
        });
      }),
    );
  });

  test('a value that looks like a placeholder is not filled in again', () => {
    expect(
      JSON.parse(fillJson('{"a":"{{incident.title}}"}', incident('{{incident.url}}'), { origin: ORIGIN })),
    ).toEqual({
      a: '{{incident.url}}',
    });
  });

  test('an update can name the ticket', () => {
    expect(fillJson('{"id":{{ticket.id}}}', incident('Down'), { origin: ORIGIN, ticketId: '4711' })).toBe(
      '{"id":4711}',
    );
  });

  test('a query is encoded', () => {
    expect(fillQuery('q={{incident.title}}&x=1', incident('a&b=c #'), { origin: ORIGIN })).toBe(
      'q=a%26b%3Dc%20%23&x=1',
    );
  });

  test.for<[string, boolean]>([
    ['{"a":"{{incident.title}}"}', true],
    ['{"n":{{incident.number}}}', true],
    ['{"a":{{incident.title}}', false],
    ['{"a":"{{incident.nothing}}"}', false],
    ['{"a":"{{constructor}}"}', false],
    ['plain', false],
  ])('%s is fine: %s', ([template, fine]) => {
    expect(templateProblem(template) === null).toBe(fine);
  });

  test('a query may have placeholders, but only known ones', () => {
    expect(queryProblem('key={{incident.dedupKey}}')).toBeNull();
    expect(queryProblem('key={{incident.secret}}')).toContain('incident.secret');
  });
});

test.for<[unknown, string, string | null]>([
  [{ id: 7 }, 'id', '7'],
  [{ ticket: { id: 'T-1' } }, 'ticket.id', 'T-1'],
  [{ ticket: {} }, 'ticket.id', null],
  [{ id: '' }, 'id', null],
  [{ id: { a: 1 } }, 'id', null],
  [{}, '__proto__.x', null],
  [{}, 'constructor.name', null],
  [{ id: 'a\0b' }, 'id', null],
  [null, 'id', null],
  ['text', 'length', null],
])('in %j at %s is %j', ([document, path, expected]) => {
  expect(valueAt(document, path)).toBe(expected);
});
