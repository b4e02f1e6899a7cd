import type { ReactNode } from 'react';
import { incidentQueryOf } from '../../../../features/incidents/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ incidentId: string }>; children: ReactNode }) {
  return <Prefetch subject={incidentQueryOf((await props.params).incidentId)}>{props.children}</Prefetch>;
}
