import type { ReactNode } from 'react';
import { SettingsNav } from '../../../features/settings/index.ts';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SettingsNav />
      {children}
    </>
  );
}
