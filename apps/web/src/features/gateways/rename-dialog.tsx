'use client';

import { endpoints, type Gateway } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { t } from '../../messages/gateways.ts';
import { t as common } from '../../messages/common.ts';

/** Gives a gateway the name by which operators know it. */
export function RenameGateway({ gateway }: { gateway: Gateway }) {
  const client = useQueryClient();
  const refusal = useRefusal('gateways.write');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(gateway.name);
  const form = useSubmit(endpoints.updateGateway.body, async (body) => {
    await call(endpoints.updateGateway, { params: { gatewayId: gateway.id }, body });
    await client.invalidateQueries();
    setOpen(false);
  });
  const show = () => {
    setName(gateway.name);
    form.reset();
    setOpen(true);
  };
  return (
    <>
      <Button
        look="quiet"
        icon={<Pencil aria-hidden="true" className="size-4" />}
        disabledReason={refusal}
        onClick={show}
      >
        {t('rename')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('renameTheGateway')}
        description={t('nameUsedLoopstartOnly')}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{common('cancel')}</Button>
            <Button look="primary" pending={form.pending} onClick={() => void form.submit({ name })}>
              {common('save')}
            </Button>
          </>
        }
      >
        <form
          noValidate
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void form.submit({ name });
          }}
        >
          {form.failure !== null && <FailureNote told={form.failure} />}
          <TextField
            label={common('name')}
            name="name"
            value={name}
            maxLength={120}
            error={form.errors.name}
            onChange={(event) => setName(event.target.value)}
          />
        </form>
      </Dialog>
    </>
  );
}
