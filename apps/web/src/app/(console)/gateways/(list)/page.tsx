import type { Metadata } from 'next';
import { GatewayFilters, gatewaysQuery, GatewaysPage } from '../../../../features/gateways/index.ts';
import { Prefetch } from '../../../../lib/api/prefetch.tsx';
import { parseFilters } from '../../../../lib/url/filters.ts';
import { t as common } from '../../../../messages/common.ts';

export const metadata: Metadata = { title: common('gateways') };

export default async function Page(props: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const filters = parseFilters(GatewayFilters, await props.searchParams);
  return (
    <Prefetch also={[gatewaysQuery(filters)]}>
      <GatewaysPage />
    </Prefetch>
  );
}
