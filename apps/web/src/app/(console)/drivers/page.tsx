import type { Metadata } from 'next';
import { DriversPage, driversQuery } from '../../../features/drivers/index.ts';
import { Prefetch } from '../../../lib/api/prefetch.tsx';
import { t as common } from '../../../messages/common.ts';

export const metadata: Metadata = { title: common('drivers') };

export default function Page() {
  return (
    <Prefetch also={[driversQuery()]}>
      <DriversPage />
    </Prefetch>
  );
}
