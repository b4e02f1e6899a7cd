'use client';

import { ScrollText } from 'lucide-react';
import { t } from '../../messages/audit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useRefusal } from '../session/index.ts';

/** The way from a thing to what was done to it, for those who may read that. */
export function AuditLink({ subjectId }: { subjectId: string }) {
  if (useRefusal('audit.read') !== null) return null;
  return (
    <ButtonLink
      look="quiet"
      href={`/settings/audit?subjectId=${subjectId}`}
      icon={<ScrollText aria-hidden="true" className="size-4" />}
    >
      {t('whoChangedWhat')}
    </ButtonLink>
  );
}
