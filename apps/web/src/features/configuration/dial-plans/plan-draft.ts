import type { ConfigEntry } from '@loopstart/contracts';
import { DialPlanText } from '@loopstart/contracts';
import type { z } from 'zod';

type PlanInput = z.input<typeof DialPlanText>;
export type RuleDraft = Required<PlanInput['rules'][number]>;

/** A dial plan as it is being edited: numbers as texts. */
export interface PlanDraft {
  name: string;
  outsideLineDigit: string;
  rules: RuleDraft[];
  interDigitTimeoutMs: string;
  shortTimeoutMs: string;
  sendsByHash: boolean;
}

export const newRule = (): RuleDraft => ({
  label: '',
  pattern: '',
  timer: 'short',
  prepend: '',
  class: 'other',
  action: 'send',
});

export const newPlan = (): PlanDraft => ({
  name: '',
  outsideLineDigit: '',
  rules: [newRule()],
  interDigitTimeoutMs: '4000',
  shortTimeoutMs: '2000',
  sendsByHash: true,
});

/** A published plan as a draft; null where this console cannot read it. */
export function planDraftOf(entry: Pick<ConfigEntry, 'name' | 'value'>): PlanDraft | null {
  const parsed = DialPlanText.safeParse(entry.value);
  if (!parsed.success) return null;
  const { outsideLineDigit, rules, interDigitTimeoutMs, shortTimeoutMs, sendKey } = parsed.data;
  return {
    name: entry.name,
    outsideLineDigit: outsideLineDigit ?? '',
    rules: [...rules],
    interDigitTimeoutMs: String(interDigitTimeoutMs),
    shortTimeoutMs: String(shortTimeoutMs),
    sendsByHash: sendKey !== null,
  };
}

const numberOf = (text: string): unknown => (/^\d+$/.test(text.trim()) ? Number(text) : text);

/** The value that a draft means; the schema says what is wrong with it. */
export function planInputOf(draft: PlanDraft): unknown {
  return {
    outsideLineDigit: draft.outsideLineDigit.trim() === '' ? null : draft.outsideLineDigit.trim(),
    rules: draft.rules,
    interDigitTimeoutMs: numberOf(draft.interDigitTimeoutMs),
    shortTimeoutMs: numberOf(draft.shortTimeoutMs),
    sendKey: draft.sendsByHash ? '#' : null,
  };
}

/** The rules with one moved up: the first that matches decides. */
export function movedUp(rules: readonly RuleDraft[], at: number): RuleDraft[] {
  if (at === 0) return [...rules];
  return rules.with(at - 1, rules[at]!).with(at, rules[at - 1]!);
}
