import type { ReactNode } from 'react';
import { entryQuery } from '../../../../../features/audit/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ entryId: string }>; children: ReactNode }) {
  return <Prefetch subject={entryQuery((await props.params).entryId)}>{props.children}</Prefetch>;
}
