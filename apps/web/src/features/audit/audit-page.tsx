'use client';

import { Lock, Radio, ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { t as streams } from '../../messages/audit-streams.ts';
import { t } from '../../messages/audit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Grid } from '../../ui/grid/grid.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { EntryDetail } from './entry-detail.tsx';
import { AUDIT } from './list.ts';
import { PersonalDataButton } from './personal-data-button.tsx';
import { RetentionButton } from './retention-button.tsx';
import { VerifyButton } from './verify-button.tsx';

export function AuditPage() {
  const mayRead = useRefusal('audit.read') === null;
  return (
    <>
      <PageHeader title={t('audit')} description={t('description')} actions={mayRead && <Actions />} />
      <ForReaders>
        <Grid
          list={AUDIT}
          renderPanel={(entry) => <EntryDetail entry={entry} />}
          empty={
            <Empty icon={<ScrollText />} title={t('noneYet')}>
              {t('noneYetAdvice')}
            </Empty>
          }
        />
      </ForReaders>
    </>
  );
}

function Actions() {
  return (
    <>
      <ButtonLink href="/settings/audit/streams" icon={<Radio aria-hidden="true" className="size-4" />}>
        {streams('link')}
      </ButtonLink>
      <VerifyButton />
      <RetentionButton />
      <PersonalDataButton />
    </>
  );
}

/** What only those see who may read the audit trail; the others are told why not. */
export function ForReaders({ children }: { children: ReactNode }) {
  const refusal = useRefusal('audit.read');
  if (refusal === null) return children;
  return (
    <Empty icon={<Lock />} title={t('notAllowedTitle')}>
      {refusal}
    </Empty>
  );
}
