'use client';

import type { PlacesOf } from '@loopstart/contracts';
import { t } from '../../messages/people.ts';
import { SubjectsField, TagsField } from '../matching/index.ts';

/** The customers, sites and tags to which somebody or something is limited; none: the whole organisation. */
export function PlaceFields(props: {
  /** The path of the places in their schema. */
  name: string;
  value: PlacesOf | null;
  onChange: (value: PlacesOf | null) => void;
  errors: Readonly<Record<string, string | undefined>>;
}) {
  const { name, value, errors } = props;
  const places = value ?? { customerIds: [], siteIds: [], tags: [] };
  const set = (part: Partial<PlacesOf>) => {
    const changed = { ...places, ...part };
    const none = changed.customerIds.length + changed.siteIds.length + changed.tags.length === 0;
    props.onChange(none ? null : changed);
  };
  // "The whole organisation" is what none of the three means; beside another limit it would be wrong.
  const none = value === null ? t('wholeOperator') : t('noneOfThese');
  return (
    <>
      <SubjectsField
        kind="customer"
        legend={t('onlyCustomers')}
        name={name}
        none={none}
        value={places.customerIds}
        onChange={(customerIds) => set({ customerIds })}
        error={errors[name] ?? errors[`${name}.customerIds`]}
      />
      <SubjectsField
        kind="site"
        legend={t('onlySites')}
        name={`${name}.siteIds`}
        none={none}
        value={places.siteIds}
        onChange={(siteIds) => set({ siteIds })}
        error={errors[`${name}.siteIds`]}
      />
      <TagsField
        legend={t('onlyTags')}
        name={`${name}.tags`}
        none={none}
        value={places.tags}
        onChange={(tags) => set({ tags })}
        error={errors[`${name}.tags`]}
      />
    </>
  );
}

/** How many of each there are, in words. */
export const limitWords = ({ customerIds, siteIds, tags }: PlacesOf): string =>
  t('limited', { customers: customerIds.length, sites: siteIds.length, tags: tags.length });
