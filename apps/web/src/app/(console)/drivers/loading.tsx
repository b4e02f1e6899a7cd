import { DriversLoading } from '../../../features/drivers/index.ts';
import { PageHeader } from '../../../ui/page-header.tsx';

export default function LoadingPage() {
  return (
    <>
      <PageHeader title="Drivers" />
      <DriversLoading />
    </>
  );
}
