import { SearchX } from 'lucide-react';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Empty } from '../../ui/state-panel.tsx';

/** Something of the fleet that is not there, or not this operator's. */
export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <Section title="Nothing at this address" flush>
        <Empty
          icon={<SearchX />}
          title="There is nothing here, or it is not yours"
          action={<ButtonLink href="/">To the overview</ButtonLink>}
        >
          It may have been removed, or the link is wrong.
        </Empty>
      </Section>
    </>
  );
}
