'use client';

import { useQuery } from '../../lib/api/use-query.ts';
import type { ResponseOf } from '../../lib/api/query.ts';
import { t } from '../../messages/security.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { draftOf } from './policy-draft.ts';
import { PolicyForm } from './policy-form.tsx';
import { signInPolicyQuery } from './queries.ts';

/** How people sign in, and who has a second factor. */
export function SecurityPage() {
  const { data, error, refetch } = useQuery(signInPolicyQuery());
  return (
    <>
      <PageHeader title={t('title')} description={t('about')} />
      {data === undefined ? (
        error === null ? (
          <Loading what={t('lower')}>
            <Bone className="h-72 w-full" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : (
        <>
          <PolicyForm start={draftOf(data.policy)} />
          <Holders people={data.people} />
        </>
      )}
    </>
  );
}

function Holders({ people }: { people: ResponseOf<'getSignInPolicy'>['people'] }) {
  const having = people.filter(({ hasFactor }) => hasFactor).length;
  return (
    <Section title={t('peopleTitle')} note={t('count', { having, all: people.length })} flush>
      <ul>
        {people.map(({ id, name, hasFactor, required }) => (
          <li key={id} className="flex flex-wrap gap-x-3 border-t border-line px-4 py-2 first:border-t-0">
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <span className="text-sm text-ink-2">{t(hasFactor ? 'has' : required ? 'mustAdd' : 'hasNot')}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
