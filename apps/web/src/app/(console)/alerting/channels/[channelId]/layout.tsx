import type { ReactNode } from 'react';
import { channelQuery } from '../../../../../features/channels/index.ts';
import { Prefetch } from '../../../../../lib/api/prefetch.tsx';

export default async function Layout(props: { params: Promise<{ channelId: string }>; children: ReactNode }) {
  return <Prefetch subject={channelQuery((await props.params).channelId)}>{props.children}</Prefetch>;
}
