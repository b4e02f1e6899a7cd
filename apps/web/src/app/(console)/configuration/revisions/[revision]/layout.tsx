import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { revisionQuery } from '../../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ revision: string }>; children: ReactNode }) {
  const { revision } = await props.params;
  if (!/^[1-9]\d{0,8}$/.test(revision)) notFound();
  return <Prefetch subject={revisionQuery(Number(revision))}>{props.children}</Prefetch>;
}
