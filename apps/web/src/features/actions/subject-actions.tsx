'use client';

import type { Port } from '@loopstart/contracts';
import { useQuery } from '../../lib/api/use-query.ts';
import { query } from '../../lib/api/query.ts';
import { portTitle } from '../../lib/words/port-summary.ts';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { OfferButtons } from './offer-buttons.tsx';
import { t } from '../../messages/actions.ts';

/** What ages without news: a reading may become too old to act on. */
const AGAIN_MS = 30_000;

/** What may be done to one port now. */
export function PortActions({ port }: { port: Port }) {
  const { gatewayId, position } = port;
  const offers = useQuery({
    ...query('getPortActions', { params: { gatewayId, position } }),
    refetchInterval: AGAIN_MS,
  });
  return <Offered gatewayId={gatewayId} position={position} subject={portTitle(port)} answer={offers} />;
}

/** What may be done to a whole gateway now. */
export function GatewayActions({ gateway }: { gateway: { id: string; name: string } }) {
  const offers = useQuery({
    ...query('getGatewayActions', { params: { gatewayId: gateway.id } }),
    refetchInterval: AGAIN_MS,
  });
  return <Offered gatewayId={gateway.id} position={null} subject={gateway.name} answer={offers} />;
}

/** The API alone decides what is offered: the same function refuses, there and in the agent. */
function Offered(props: {
  gatewayId: string;
  position: number | null;
  subject: string;
  answer: ReturnType<typeof useQuery<{ offers: Parameters<typeof OfferButtons>[0]['offers'] }>>;
}) {
  const { data, error, refetch } = props.answer;
  if (data === undefined) {
    if (error !== null) return <Failure error={error} retry={refetch} />;
    return (
      <Loading what={t('actions')} className="flex flex-wrap gap-2">
        {[0, 1].map((index) => (
          <Bone key={index} className="h-9 w-28 rounded-md" />
        ))}
      </Loading>
    );
  }
  if (data.offers.length === 0) {
    return <p className="text-sm text-ink-2">{t('deviceSupportsNoActions')}</p>;
  }
  return (
    <OfferButtons gatewayId={props.gatewayId} position={props.position} subject={props.subject} offers={data.offers} />
  );
}
