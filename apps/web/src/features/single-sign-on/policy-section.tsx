'use client';

import { endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useRefusal } from '../session/index.ts';
import { singleSignOnQuery } from './queries.ts';

/** Whether members must come by single sign-on. */
export function PolicySection({ required }: { required: boolean }) {
  const client = useQueryClient();
  const refusal = useRefusal('single-sign-on.write');
  const [asking, setAsking] = useState(false);
  const mutation = useMutation({
    mutationFn: async () => {
      await call(endpoints.setSingleSignOnPolicy, { body: { required: !required } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: singleSignOnQuery().queryKey });
      setAsking(false);
    },
  });
  return (
    <Section
      title={t('policy')}
      note={<Tag tone={required ? 'accent' : 'plain'}>{required ? t('isRequired') : t('isNotRequired')}</Tag>}
      actions={
        <Button size="sm" disabledReason={refusal} onClick={() => setAsking(true)}>
          {required ? t('stopRequiring') : t('require')}
        </Button>
      }
    >
      <p className="max-w-prose text-ink-2">{t('policyAbout')}</p>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={required ? t('stopTitle') : t('requireTitle')}
        yes={required ? t('stopRequiring') : t('require')}
        mutation={mutation}
      >
        <p>{required ? t('stopWords') : t('requireWords')}</p>
      </ConfirmDialog>
    </Section>
  );
}
