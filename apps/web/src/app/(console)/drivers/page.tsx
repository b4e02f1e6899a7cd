import type { Metadata } from 'next';
import { DriversPage, driversQuery } from '../../../features/drivers/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';

export const metadata: Metadata = { title: 'Drivers' };

export default function Page() {
  return (
    <Prefetch also={[driversQuery()]}>
      <DriversPage />
    </Prefetch>
  );
}
