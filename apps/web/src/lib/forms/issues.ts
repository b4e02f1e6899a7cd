import type { Problem } from '@loopstart/contracts';
import type { z } from 'zod';
import { t } from '../../messages/common.ts';

/** Field path (dots between parts) to the sentence beside it. */
export type FieldErrors = Record<string, string>;

/** One zod issue as a sentence to somebody filling in a form. */
export function issueSentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small': {
      if (issue.origin === 'string') {
        return issue.minimum === 1 ? t('required') : t('atLeastCharacters', { min: String(issue.minimum) });
      }
      return issue.origin === 'array'
        ? t('atLeast', { min: String(issue.minimum) })
        : t('atLeast', { min: String(issue.minimum) });
    }
    case 'too_big':
      return issue.origin === 'string'
        ? t('atMostCharacters', { max: String(issue.maximum) })
        : issue.origin === 'array'
          ? t('atMost', { max: String(issue.maximum) })
          : t('atMost', { max: String(issue.maximum) });
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? t('enterANumber') : t('required');
    case 'invalid_format':
      return issue.format === 'uuid' ? t('chooseOneSentence') : t('notValid', { format: issue.format });
    case 'invalid_value':
      return t('chooseOneSentence');
    case 'custom':
      return t('expected', { expected: issue.message });
    default:
      return t('valueNotValid');
  }
}

/** The first issue of each field. */
export function issuesByField(error: z.core.$ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.');
    errors[path] ??= issueSentence(issue);
  }
  return errors;
}

/** What the API found wrong, by field; paths come as the API names them, `body.name`. */
export function problemByField(problem: Problem): FieldErrors {
  const errors: FieldErrors = {};
  for (const field of problem.fields ?? []) {
    const path = field.path.replace(/^body\./, '');
    errors[path] ??= t('expected', { expected: field.expected });
  }
  return errors;
}
