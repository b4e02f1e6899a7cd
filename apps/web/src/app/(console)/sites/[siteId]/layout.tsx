import type { ReactNode } from 'react';
import { siteQuery } from '../../../../features/sites/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ siteId: string }>; children: ReactNode }) {
  return <Prefetch subject={siteQuery((await props.params).siteId)}>{props.children}</Prefetch>;
}
