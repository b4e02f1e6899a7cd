'use client';

import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { MultiChoice } from '../../ui/multi-choice.tsx';

/** Tags of sites: those that sites have, and those that are chosen already. */
export function TagsField(props: {
  legend: string;
  /** The path of the field in its schema. */
  name: string;
  none: string;
  value: string[];
  onChange: (tags: string[]) => void;
  error?: string | undefined;
}) {
  const known = useQuery(query('getSiteFacet', { query: { facet: 'tag' } })).data?.values.map(({ value }) => value);
  const tags = [...new Set([...props.value, ...(known ?? [])])].toSorted();
  if (tags.length === 0) return null;
  return <MultiChoice {...props} options={tags.map((tag) => [tag, tag] as const)} />;
}
