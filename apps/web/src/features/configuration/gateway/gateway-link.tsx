import type { ConfigGateway } from '@loopstart/contracts';
import Link from 'next/link';

/** The name of a gateway, which leads to its configuration. */
export function GatewayLink({ gateway: { id, name } }: { gateway: Pick<ConfigGateway, 'id' | 'name'> }) {
  return (
    <Link href={`/gateways/${id}/configuration`} className="font-medium underline-offset-2 hover:underline">
      {name}
    </Link>
  );
}
