import { SearchX } from 'lucide-react';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/state-panel.tsx';
import { t } from '../../messages/shell.ts';

/** Something of the fleet that is not there, or not this operator's. */
export default function NotFound() {
  return (
    <>
      <PageHeader title={t('notFound')} />
      <Section title={t('noPageAddress')} flush>
        <Empty
          icon={<SearchX />}
          title={t('pageNotExistNo')}
          action={<ButtonLink href="/">{t('goOverview')}</ButtonLink>}
        >
          {t('mayRemovedLinkWrong')}
        </Empty>
      </Section>
    </>
  );
}
