import type { Problem } from '@loopstart/contracts';
import type { z } from 'zod';

/** Field path (dots between parts) to the sentence beside it. */
export type FieldErrors = Record<string, string>;

/** One zod issue as a sentence to somebody filling in a form. */
export function issueSentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small': {
      if (issue.origin === 'string') {
        return issue.minimum === 1 ? 'This is needed.' : `At least ${String(issue.minimum)} characters.`;
      }
      return issue.origin === 'array' ? `At least ${String(issue.minimum)}.` : `Not below ${String(issue.minimum)}.`;
    }
    case 'too_big':
      return issue.origin === 'string'
        ? `At most ${String(issue.maximum)} characters.`
        : issue.origin === 'array'
          ? `At most ${String(issue.maximum)}.`
          : `Not above ${String(issue.maximum)}.`;
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? 'A number is needed.' : 'This is needed.';
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Choose one.' : `This is not a valid ${issue.format}.`;
    case 'invalid_value':
      return 'Choose one.';
    case 'custom':
      return `Expected: ${issue.message}.`;
    default:
      return 'This is not as expected.';
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
    errors[path] ??= `Expected: ${field.expected}.`;
  }
  return errors;
}
