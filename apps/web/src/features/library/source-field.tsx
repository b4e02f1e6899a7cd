'use client';

import type { PublishedKind } from '@loopstart/domain';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/library.ts';
import { ChoiceField } from '../../ui/field.tsx';
import { type Source, policySources, roleSources } from './content.ts';
import { sourcePoliciesQuery, sourceRolesQuery } from './queries.ts';

/** What the own organisation has of a kind; undefined while it is read. */
export function useSources(kind: PublishedKind): Source[] | undefined {
  const policies = useQuery(sourcePoliciesQuery());
  const roles = useQuery(sourceRolesQuery());
  if (kind === 'policy') return policies.data && policySources(policies.data.items);
  return roles.data && roleSources(roles.data.items);
}

/** Chooses what is published: it is written with the editors of the own organisation. */
export function SourceField(props: {
  sources: readonly Source[] | undefined;
  value: string;
  error: string | undefined;
  onChange: (id: string) => void;
}) {
  const { sources } = props;
  return (
    <ChoiceField
      label={t('source')}
      name="object"
      hint={sources?.length === 0 ? t('noSource') : t('sourceHint')}
      error={props.error}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{t('choose')}</option>
      {sources?.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </ChoiceField>
  );
}
