import { AUDITED, AUDIT_SUBJECTS, AUDIT_VERBS, type AuditSubject } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import {
  authorWords,
  DID_WORDS,
  didWords,
  fieldWords,
  SUBJECT_WORDS,
  subjectHref,
  subjectWords,
  valueWords,
  VERB_WORDS,
} from './words.ts';

const SUBJECT = { type: 'site', id: 'x', name: 'Quay', exists: true, gatewayId: null, position: null };

describe('words', () => {
  const acts = Object.entries(AUDITED).flatMap(([subject, verbs]) => verbs.map((verb) => [subject, verb] as const));
  test.for(acts)('%s %s has words', ([type, verb]) => {
    const words = didWords({ verb, subject: { ...SUBJECT, type } });
    expect(words).toMatch(/^[A-Z]/);
    expect(words).not.toBe(`${verb} ${type}`);
  });

  test('are there for what can be done, and for nothing else', () => {
    expect(Object.keys(DID_WORDS).toSorted()).toEqual(acts.map(([type, verb]) => `${type}:${verb}`).toSorted());
    expect(Object.keys(VERB_WORDS).toSorted()).toEqual(AUDIT_VERBS.toSorted());
    expect(Object.keys(SUBJECT_WORDS).toSorted()).toEqual(AUDIT_SUBJECTS.toSorted());
  });

  test('what a later version did is told in its own words', () =>
    expect(didWords({ verb: 'invent', subject: { ...SUBJECT, type: 'toString' } })).toBe('invent toString'));
});

test.for([
  ['person', 'Ada'],
  ['agent', 'Ada (agent)'],
  ['system', 'Ada (Loopstart)'],
] as const)('an author that is a %s', ([kind, words]) => expect(authorWords({ kind, name: 'Ada' })).toBe(words));

test('an author who was erased', () =>
  expect(authorWords({ kind: 'person', name: 'erased person' })).toBe('Erased person'));

test.for([
  [{}, 'Quay', '/sites/x'],
  [{ exists: false }, 'Quay (deleted)', null],
  [{ name: null, exists: false }, null, null],
  [{ type: 'port', gatewayId: 'g', position: 3 }, 'Port 3 of Quay', '/gateways/g/ports/3'],
  [{ type: 'action', gatewayId: 'g' }, 'Quay', '/gateways/g'],
  [{ type: 'threshold', name: 'agent-silent', exists: false }, 'Agent silent', null],
  [{ type: 'user' }, 'Quay', null],
] as const)('a subject %o', ([subject, words, href]) => {
  expect(subjectWords({ ...SUBJECT, ...subject })).toBe(words);
  expect(subjectHref({ ...SUBJECT, ...subject })).toBe(href);
});

test.for([
  ['name', 'Name'],
  ['probeAddress', 'Probe address'],
  ['everyS', 'Interval in seconds'],
] as const)('the field %s is "%s"', ([field, words]) => expect(fieldWords(field)).toBe(words));

test.for([
  ['name', null, 'none'],
  ['notes', '', 'empty'],
  ['position', 0, '0'],
  ['off', false, 'no'],
  ['lineDeviceClass', 'lift-phone', 'Lift phone'],
  ['userId', 'u1', 'Ada'],
  ['userId', 'u2', 'u2'],
  ['gatewayIds', ['u1', 'b', 'c'], 'Ada, b and c'],
  ['ids', [], 'none'],
  ['match', { siteIds: ['u1'] }, 'Site ids: Ada'],
  ['match', {}, 'none'],
] as const)('%s: %j is "%s"', ([field, value, words]) => expect(valueWords(field, value, { u1: 'Ada' })).toBe(words));

const subjects: readonly AuditSubject[] = AUDIT_SUBJECTS;
test.for(subjects)('of a %s that is gone no link is offered', (type) =>
  expect(subjectHref({ ...SUBJECT, type, exists: false })).toBeNull(),
);
