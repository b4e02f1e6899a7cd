'use client';

import { endpoints, type Port } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { t } from '../../messages/ports.ts';
import { t as common } from '../../messages/common.ts';

const FORM = 'port-form';

/** What operators say about a port: its label, its number, what is plugged in. */
export function PortForm({ port, open, onClose }: { port: Port; open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('editPort', { position: port.position })}
      description={t('colleaguesDeviceNotChanged')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={FORM}>
            {common('save')}
          </Button>
        </>
      }
    >
      <Fields key={String(open)} port={port} onSaved={onClose} />
    </Dialog>
  );
}

function Fields({ port, onSaved }: { port: Port; onSaved: () => void }) {
  const client = useQueryClient();
  const [label, setLabel] = useState(port.label ?? '');
  const [number, setNumber] = useState(port.number ?? '');
  const [lineDeviceClass, setDevice] = useState(port.lineDeviceClass);
  const form = useSubmit(endpoints.updatePort.body, async (body) => {
    const { gatewayId, position } = port;
    await call(endpoints.updatePort, { params: { gatewayId, position }, body });
    await client.invalidateQueries();
    onSaved();
  });
  const orNull = (text: string) => (text.trim() === '' ? null : text);
  return (
    <form
      id={FORM}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.pending) void form.submit({ label: orNull(label), number: orNull(number), lineDeviceClass });
      }}
    >
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField
        label={t('label')}
        name="label"
        optional
        hint={port.name === null ? undefined : t('nameGateway2', { name: port.name })}
        value={label}
        maxLength={120}
        error={form.errors.label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <TextField
        label={t('numberOrExtension')}
        name="number"
        optional
        inputMode="tel"
        value={number}
        maxLength={64}
        error={form.errors.number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <ChoiceField
        label={t('lineDevice')}
        name="lineDeviceClass"
        hint={t('decidesSeverityFaultAlarm')}
        value={lineDeviceClass}
        error={form.errors.lineDeviceClass}
        onChange={(event) => setDevice(event.target.value as Port['lineDeviceClass'])}
      >
        {LINE_DEVICE_CLASSES.map((device) => (
          <option key={device} value={device}>
            {LINE_DEVICE_WORDS[device]}
          </option>
        ))}
      </ChoiceField>
    </form>
  );
}
