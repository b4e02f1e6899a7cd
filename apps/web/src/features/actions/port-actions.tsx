'use client';

import type { Port } from '@loopstart/contracts';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../lib/api/query.ts';
import { REFUSAL_WORDS } from '../../lib/words/action.ts';
import { portTitle } from '../../lib/words/port-summary.ts';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { OfferButtons } from './offer-buttons.tsx';

/** What may be done to one port now, as the API offers it. */
export function PortActions({ port }: { port: Port }) {
  const { gatewayId, position } = port;
  const offers = useQuery(query('getPortActions', { params: { gatewayId, position } }));
  if (offers.data === undefined) {
    if (offers.error !== null) return <Failure error={offers.error} retry={offers.refetch} />;
    return (
      <Loading what="actions" className="flex flex-wrap gap-2">
        {[0, 1, 2, 3].map((index) => (
          <Bone key={index} className="h-9 w-28 rounded-md" />
        ))}
      </Loading>
    );
  }
  return (
    <OfferButtons
      gatewayId={gatewayId}
      position={position}
      subject={portTitle(port)}
      offers={offers.data.offers.map((offer) => ({
        type: offer.type,
        refusal: offer.allowed ? null : offer.refusal === null ? 'Not possible now.' : REFUSAL_WORDS[offer.refusal],
        needsLifeSafetyConfirmation: offer.needsLifeSafetyConfirmation,
      }))}
    />
  );
}
