import { DIAL_CLASSES, DIAL_TIMERS, type DialPlanText as Plan, readDialPlan } from '@loopstart/domain';
import { z } from 'zod';

/** Most rules of one plan. */
export const DIAL_RULES_MAX = 200;

const Rule = z.object({
  label: z.string().trim().min(1).max(80),
  pattern: z.string().trim().min(1).max(200).describe('What is dialled, for example 9|0[2-7]xxxxxxxx'),
  timer: z.enum(DIAL_TIMERS).default('short'),
  prepend: z.string().max(20).default('').describe('Digits put in front of what is sent'),
  class: z.enum(DIAL_CLASSES),
  action: z.enum(['send', 'bar']).default('send'),
});

/** A named dial plan: the first rule that matches decides. Emergency numbers of the site are added when it is used. */
export const DialPlanText = z
  .object({
    outsideLineDigit: z
      .string()
      .regex(/^[0-9*#]$/)
      .nullable()
      .default(null)
      .describe('The key for an outside line; null: outside numbers are dialled as they are'),
    rules: z.array(Rule).min(1).max(DIAL_RULES_MAX),
    interDigitTimeoutMs: z.int().min(1000).max(15_000).default(4000),
    shortTimeoutMs: z.int().min(500).max(10_000).default(2000),
    sendKey: z.literal('#').nullable().default('#').describe('The key that sends at once; null: none'),
  })
  .superRefine((plan: Plan, context) => {
    const read = readDialPlan(plan);
    if (read.ok) return;
    for (const { rule, field, expected } of read.problems)
      context.addIssue({ code: 'custom', path: ['rules', rule, field], message: `expected ${expected}` });
  })
  .meta({ id: 'DialPlan' });
export type DialPlanText = z.infer<typeof DialPlanText>;
