'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { useSubmit } from '../lib/forms/use-submit.ts';
import { AreaField } from './field.tsx';
import { FormDialog } from './form-dialog.tsx';

/** Asks why before something is done, and does it. */
export function ReasonDialog<S extends z.ZodType, R>(props: {
  title: string;
  description: string;
  yes: string;
  danger?: boolean;
  label: string;
  hint?: string;
  /** The body of the endpoint; all of it but `reason` has a default. */
  schema: S;
  send: (body: z.output<S>) => Promise<R>;
  /** After it was done and the dialog closed. */
  onDone?: (result: R) => void;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const form = useSubmit(props.schema, async (body) => {
    const result = await props.send(body);
    await client.invalidateQueries();
    props.onClose();
    props.onDone?.(result);
  });
  return (
    <FormDialog
      danger={props.danger ?? false}
      title={props.title}
      description={props.description}
      yes={props.yes}
      form={form}
      values={{ reason }}
      onClose={props.onClose}
    >
      <AreaField
        label={props.label}
        name="reason"
        value={reason}
        error={form.errors['reason']}
        hint={props.hint}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
