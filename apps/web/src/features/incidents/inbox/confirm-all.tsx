'use client';

import { count, counted } from '../../../lib/format/number.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

/** Asks back before incidents are acknowledged that nobody has seen on this page. */
export function ConfirmAll(props: {
  open: boolean;
  total: number;
  pending: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  return (
    <Dialog
      alert
      open={props.open}
      onOpenChange={(open) => !open && props.onCancel()}
      title={`Acknowledge ${counted(props.total, 'incident')}?`}
      footer={
        <>
          <Button onClick={props.onCancel}>Leave them open</Button>
          <Button look="primary" pending={props.pending} onClick={props.onConfirm}>
            {props.pending ? 'Acknowledging…' : `Acknowledge all ${count(props.total)}`}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        All that match the filters are acknowledged in your name, also those that are not on this page and those that
        begin before you press. Nobody else is paged about them any more.
      </p>
    </Dialog>
  );
}
