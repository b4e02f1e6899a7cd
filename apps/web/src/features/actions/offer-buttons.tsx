'use client';

import { type ActionType, DISTURBING_ACTIONS } from '@loopstart/domain';
import { useState } from 'react';
import { ACTION_WORDS } from '../../lib/words/action.ts';
import { useAnnounce } from '../../lib/announce/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { ActionIcon } from './action-icon.tsx';
import { ConfirmAction } from './confirm-action.tsx';
import type { Offer } from './offers.ts';
import { useAct } from './use-act.ts';

/**
 * Buttons for what may be asked. What would interrupt a line is asked back first. What may not be done
 * now stays in sight with its reason.
 */
export function OfferButtons(props: {
  gatewayId: string;
  position: number | null;
  subject: string;
  offers: readonly Offer[];
}) {
  const { act, pending, failure, forget } = useAct(props.gatewayId);
  const [asked, setAsked] = useState<Offer | null>(null);
  const announce = useAnnounce();

  const go = async (type: ActionType, lifeSafetyConfirmed: boolean) => {
    const action = await act({ type, position: props.position, lifeSafetyConfirmed });
    if (action === null) return;
    setAsked(null);
    announce(`${ACTION_WORDS[type]}: asked for. Its progress is shown below.`);
  };

  return (
    <>
      <div className="flex flex-wrap gap-2">
        {props.offers.map((offer) => (
          <Button
            key={offer.type}
            look={offer.type === 'reboot' ? 'danger' : 'plain'}
            icon={<ActionIcon type={offer.type} className="size-4" />}
            disabledReason={offer.refusal}
            pending={asked === null && pending === offer.type}
            onClick={() => {
              forget();
              if (DISTURBING_ACTIONS.has(offer.type)) setAsked(offer);
              else void go(offer.type, false);
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
        onConfirm={(type, lifeSafetyConfirmed) => void go(type, lifeSafetyConfirmed)}
        onCancel={() => setAsked(null)}
      />
    </>
  );
}
