import type { ReactNode } from 'react';
import { ConfigurationNav, DraftBar } from '../../../features/configuration/index.ts';

/** What gateways should have: prepared in drafts, published as revisions, deployed and watched. */
export default function ConfigurationLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ConfigurationNav />
      <DraftBar />
      {children}
    </>
  );
}
