import type { ReactNode } from 'react';
import { draftQuery } from '../../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ draftId: string }>; children: ReactNode }) {
  return <Prefetch subject={draftQuery((await props.params).draftId)}>{props.children}</Prefetch>;
}
