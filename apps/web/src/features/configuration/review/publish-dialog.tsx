'use client';

import { type ConfigDraft, type ConfigReview, endpoints } from '@loopstart/contracts';
import { CONFIG_CHECK_TABLE, type ConfigCheck } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { t } from '../../../messages/configuration.ts';
import { AreaField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useToast } from '../../../ui/toast.tsx';

/** Publishes a draft as the next revision. A check that may be overridden needs a reason of its own. */
export function PublishDialog(props: { draft: ConfigDraft; review: ConfigReview; onClose: () => void }) {
  const { draft, review, onClose } = props;
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const overridable = review.checksFailed.filter(({ effect }) => effect === 'blocks-unless-overridden');
  const [reason, setReason] = useState('');
  const [overrides, setOverrides] = useState<Partial<Record<ConfigCheck, string>>>({});
  const form = useSubmit(endpoints.publishConfigDraft.body, async (body) => {
    const { number } = await call(endpoints.publishConfigDraft, { params: { draftId: draft.id }, body });
    await client.invalidateQueries();
    toast(t('publishedToast', { number }), t('publishedAbout'));
    onClose();
    router.push(`/configuration/revisions/${number}`);
  });
  return (
    <FormDialog
      title={t('publishTitle', { draft: draft.name })}
      description={t('publishAbout', { gateways: review.gateways, lines: review.lines })}
      yes={t('publish')}
      form={form}
      values={{
        reason,
        overrides: overridable.map(({ check }) => ({ check, reason: overrides[check] ?? '' })),
      }}
      onClose={onClose}
    >
      <AreaField
        label={t('reason')}
        name="reason"
        value={reason}
        error={form.errors['reason']}
        hint={t('reasonHint')}
        onChange={(event) => setReason(event.target.value)}
      />
      {overridable.map(({ check, count }, at) => (
        <AreaField
          key={check}
          label={t('overrideOf', { check: CONFIG_CHECK_TABLE[check].text, count })}
          name={`overrides.${at}.reason`}
          value={overrides[check] ?? ''}
          error={form.errors[`overrides.${at}.reason`]}
          hint={t('overrideHint')}
          onChange={(event) => setOverrides((old) => ({ ...old, [check]: event.target.value }))}
        />
      ))}
    </FormDialog>
  );
}
