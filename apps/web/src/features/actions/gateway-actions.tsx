'use client';

import type { Gateway } from '@loopstart/contracts';
import { useNow } from '../../lib/clock/now.tsx';
import { useRoleRefusal } from '../session/index.ts';
import { OfferButtons } from './offer-buttons.tsx';
import { gatewayOffers } from './offers.ts';

const STEP_MS = 10_000;

/** What may be done to a whole gateway now. */
export function GatewayActions({ gateway }: { gateway: Gateway }) {
  const roleRefusal = useRoleRefusal('technician');
  const nowMs = useNow(STEP_MS);
  return (
    <OfferButtons
      gatewayId={gateway.id}
      position={null}
      subject={gateway.name}
      offers={gatewayOffers(gateway, roleRefusal, nowMs)}
    />
  );
}
