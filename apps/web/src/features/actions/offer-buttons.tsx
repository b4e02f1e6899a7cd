'use client';

import type { ActionOffer } from '@loopstart/contracts';
import { useState } from 'react';
import { useAnnounce } from '../../lib/announce/announcer.tsx';
import { ACTION_WORDS } from '../../lib/words/action.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { ActionIcon } from './action-icon.tsx';
import { ConfirmAction } from './confirm-action.tsx';
import { asksFirst, blockedBy } from './offer-state.ts';
import { type Given, useAct } from './use-act.ts';
import { t } from '../../messages/actions.ts';

/**
 * Buttons for what may be asked. What would interrupt a line is asked back first. What may not be done
 * now stays in sight with its reason.
 */
export function OfferButtons(props: {
  gatewayId: string;
  position: number | null;
  subject: string;
  offers: readonly ActionOffer[];
}) {
  const { act, pending, failure, forget } = useAct(props.gatewayId);
  const [asked, setAsked] = useState<ActionOffer | null>(null);
  const announce = useAnnounce();

  const go = async (type: ActionOffer['type'], given: Given) => {
    const action = await act({ type, position: props.position, ...given });
    if (action === null) return;
    setAsked(null);
    announce(t('requested', { action: ACTION_WORDS[type] }));
  };

  return (
    <>
      <div className="flex flex-wrap gap-2">
        {props.offers.map((offer) => (
          <Button
            key={offer.type}
            look={offer.type === 'reboot' ? 'danger' : 'plain'}
            icon={<ActionIcon type={offer.type} className="size-4" />}
            disabledReason={blockedBy(offer)}
            pending={asked === null && pending === offer.type}
            onClick={() => {
              forget();
              if (asksFirst(offer)) setAsked(offer);
              else void go(offer.type, { lifeSafetyConfirmed: false, overrideReason: null });
            }}
          >
            {ACTION_WORDS[offer.type]}
          </Button>
        ))}
      </div>
      {failure !== null && asked === null && (
        <div className="mt-3">
          <FailureNote told={failure} />
        </div>
      )}
      <ConfirmAction
        offer={asked}
        subject={props.subject}
        pending={pending !== null}
        failure={failure}
        onConfirm={(type, given) => void go(type, given)}
        onCancel={() => setAsked(null)}
      />
    </>
  );
}
