import { CONDITION_KINDS, SUBJECT_TYPES } from '@loopstart/domain';
import { z } from 'zod';
import { AlertSeverity, Place } from './alert-parts.ts';
import { Id, Instant } from './fields.ts';

/** Fields that alerts and incidents share. */
export const alertShape = {
  id: Id,
  kind: z.enum(CONDITION_KINDS),
  title: z.string().describe('Short title, for example "Line out of service"'),
  subject: z.object({ type: z.enum(SUBJECT_TYPES), id: z.string() }),
  place: Place,
  severity: AlertSeverity,
  state: z.enum(['open', 'resolved']),
  since: Instant.describe('When the condition began, by the time of the event'),
  flapping: z.boolean(),
  stale: z.boolean().describe('It is unknown whether the condition still holds'),
};
