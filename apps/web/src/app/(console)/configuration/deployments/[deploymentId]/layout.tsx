import type { ReactNode } from 'react';
import { deploymentQuery } from '../../../../../features/configuration/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ deploymentId: string }>; children: ReactNode }) {
  return <Prefetch subject={deploymentQuery((await props.params).deploymentId)}>{props.children}</Prefetch>;
}
