'use client';

import { ApiError } from '@loopstart/contracts';
import { useState } from 'react';
import type { z } from 'zod';
import { type Told, tell } from '../errors/sentences.ts';
import { type FieldErrors, issuesByField, problemByField } from './issues.ts';

interface Submission {
  /** Errors by field path. */
  errors: FieldErrors;
  /** What went wrong with the whole, where it is no single field. */
  failure: Told | null;
  pending: boolean;
  submit: (values: unknown) => Promise<void>;
  reset: () => void;
}

/**
 * Sends a form: checked first by the same schema the API uses, then sent; what is wrong goes to its field.
 * The first field at fault gets the focus.
 */
export function useSubmit<S extends z.ZodType>(
  schema: S,
  send: (valid: z.output<S>) => Promise<void>,
  check?: (valid: z.output<S>) => FieldErrors,
): Submission {
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<Told | null>(null);
  const [pending, setPending] = useState(false);

  const show = (found: FieldErrors) => {
    setErrors(found);
    const [first] = Object.keys(found);
    if (first !== undefined) requestAnimationFrame(() => focusField(first));
  };

  return {
    errors,
    failure,
    pending,
    reset: () => {
      setErrors({});
      setFailure(null);
    },
    submit: async (values) => {
      setFailure(null);
      const parsed = schema.safeParse(values);
      if (!parsed.success) return show(issuesByField(parsed.error));
      const more = check?.(parsed.data) ?? {};
      if (Object.keys(more).length > 0) return show(more);
      setErrors({});
      setPending(true);
      try {
        await send(parsed.data);
      } catch (error) {
        const found = error instanceof ApiError ? problemByField(error.problem) : {};
        // What no field of this form can show is said of the whole: nothing goes wrong in silence.
        if (Object.keys(found).some((path) => fieldOf(path) !== null)) show(found);
        else setFailure(tell(error));
      } finally {
        setPending(false);
      }
    },
  };
}

function focusField(path: string): void {
  fieldOf(path)?.focus();
}

function fieldOf(path: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`);
}
