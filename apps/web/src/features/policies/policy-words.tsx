import type { PolicyInput } from '@loopstart/contracts';
import type { z } from 'zod';
import type { Names } from '../matching/index.ts';
import { digestSentence, quietSentence, repeatSentence, stepSentence } from './policy-sentences.ts';

/** A policy told in sentences, one a step. */
export function PolicyWords({ policy, names }: { policy: z.output<typeof PolicyInput>; names: Names }) {
  const aside = [quietSentence(policy), digestSentence(policy, names)].filter((sentence) => sentence !== null);
  return (
    <>
      <ol className="flex flex-col gap-1.5">
        {policy.steps.map((step, index) => (
          <li key={index} className="flex gap-2.5">
            <span
              aria-hidden="true"
              className="mt-px grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
            >
              {index + 1}
            </span>
            <span className="min-w-0 wrap-anywhere">{stepSentence(step, index, names)}</span>
          </li>
        ))}
      </ol>
      <p className="mt-1.5 pl-7.5 text-sm text-ink-2">{repeatSentence(policy.repeat)}</p>
      {aside.map((sentence) => (
        <p key={sentence} className="mt-1 pl-7.5 text-sm text-ink-2">
          {sentence}
        </p>
      ))}
    </>
  );
}
