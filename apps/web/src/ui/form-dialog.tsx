'use client';

import { type ReactNode, useId } from 'react';
import type { useSubmit } from '../lib/forms/use-submit.ts';
import { t as common } from '../messages/common.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FailureNote } from './state-panel.tsx';

/** A dialog with a form that is sent as it stands. */
export function FormDialog(props: {
  title: string;
  description?: string;
  yes: string;
  danger?: boolean;
  wide?: boolean;
  form: Pick<ReturnType<typeof useSubmit>, 'failure' | 'pending' | 'submit'>;
  values: unknown;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const { form } = props;
  return (
    <Dialog
      open
      wide={props.wide ?? false}
      onOpenChange={props.onClose}
      title={props.title}
      {...(props.description !== undefined && { description: props.description })}
      footer={
        <>
          <Button onClick={props.onClose}>{common('cancel')}</Button>
          <Button look={props.danger === true ? 'danger' : 'primary'} type="submit" form={id} pending={form.pending}>
            {props.yes}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(props.values);
        }}
      >
        {form.failure !== null && <FailureNote told={form.failure} />}
        {props.children}
      </form>
    </Dialog>
  );
}
