'use client';

import type { ReactNode } from 'react';
import { tell } from '../lib/errors/sentences.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FailureNote } from './state-panel.tsx';
import { t } from '../messages/common.ts';

/** Asks before something that cannot simply be taken back. */
export function ConfirmDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** What pressing does, and what not pressing does. */
  yes: string;
  no?: string;
  danger?: boolean;
  mutation: { isPending: boolean; error: Error | null; mutate: () => void; reset: () => void };
}) {
  const { mutation } = props;
  const change = (open: boolean) => {
    mutation.reset();
    props.onOpenChange(open);
  };
  return (
    <Dialog
      alert
      open={props.open}
      onOpenChange={change}
      title={props.title}
      footer={
        <>
          <Button onClick={() => change(false)}>{props.no ?? t('cancel')}</Button>
          <Button
            look={props.danger === true ? 'danger' : 'primary'}
            pending={mutation.isPending}
            onClick={() => mutation.mutate()}
          >
            {props.yes}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-ink-2">
        {props.children}
        {mutation.error !== null && <FailureNote told={tell(mutation.error)} />}
      </div>
    </Dialog>
  );
}
