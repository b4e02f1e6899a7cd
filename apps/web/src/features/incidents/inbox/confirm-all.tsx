'use client';

import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { t } from '../../../messages/incidents.ts';

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
      title={t('acknowledgeIncident', { total: props.total })}
      footer={
        <>
          <Button onClick={props.onCancel}>{t('leaveThemOpen')}</Button>
          <Button look="primary" pending={props.pending} onClick={props.onConfirm}>
            {props.pending ? t('acknowledging') : t('acknowledgeAll', { total: props.total })}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{t('allIncidentsMatchFilters')}</p>
    </Dialog>
  );
}
