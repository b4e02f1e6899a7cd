'use client';

import { endpoints, type ProviderOperator } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/provider.ts';
import { TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { quotasOf, textOf } from './quota-text.ts';

const FIELDS = ['ports', 'agents', 'storageBytes'] as const;
const LABELS = { ports: t('quotaPorts'), agents: t('quotaAgents'), storageBytes: t('quotaStorage') };

/** Sets the quotas of an operator; an empty field is no quota. */
export function QuotasDialog({ operator, onClose }: { operator: ProviderOperator; onClose: () => void }) {
  const { id, name, quotas } = operator;
  const toast = useToast();
  const client = useQueryClient();
  const [texts, setTexts] = useState(() => textOf(quotas));
  const form = useSubmit(endpoints.setQuotas.body, async (body) => {
    await call(endpoints.setQuotas, { params: { operatorId: id }, body });
    await client.invalidateQueries();
    onClose();
    toast(t('saved', { name }));
  });
  return (
    <FormDialog
      title={t('quotasOf', { name })}
      description={t('quotasAbout')}
      yes={t('save')}
      form={form}
      values={quotasOf(texts)}
      onClose={onClose}
    >
      {FIELDS.map((field) => (
        <TextField
          key={field}
          label={LABELS[field]}
          name={field}
          inputMode="decimal"
          optional
          value={texts[field]}
          error={form.errors[field] === undefined ? undefined : t('wholeNumber')}
          onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
        />
      ))}
    </FormDialog>
  );
}
