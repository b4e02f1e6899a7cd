import { DriversLoading } from '../../../features/drivers/index.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { t as common } from '../../../messages/common.ts';

export default function LoadingPage() {
  return (
    <>
      <PageHeader title={common('drivers')} />
      <DriversLoading />
    </>
  );
}
