'use client';

import type { ActionType } from '@loopstart/domain';
import { useState } from 'react';
import type { Told } from '../../lib/errors/sentences.ts';
import { ACTION_HINTS, ACTION_WORDS } from '../../lib/words/action.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import type { Offer } from './offers.ts';

/** Asks back before a line is interrupted; for lines on which lives depend, twice. */
export function ConfirmAction(props: {
  offer: Offer | null;
  subject: string;
  pending: boolean;
  failure: Told | null;
  onConfirm: (type: ActionType, lifeSafetyConfirmed: boolean) => void;
  onCancel: () => void;
}) {
  // What was asked stays readable while the dialog fades out.
  const [last, setLast] = useState(props.offer);
  const [confirmed, setConfirmed] = useState(false);
  if (props.offer !== null && props.offer !== last) {
    setLast(props.offer);
    setConfirmed(false);
  }
  if (last === null) return null;
  const { type, needsLifeSafetyConfirmation } = last;
  const word = ACTION_WORDS[type];
  return (
    <Dialog
      alert
      open={props.offer !== null}
      onOpenChange={(open) => !open && props.onCancel()}
      title={`${word}: ${props.subject}?`}
      description={ACTION_HINTS[type]}
      footer={
        <>
          <Button onClick={props.onCancel}>Leave it as it is</Button>
          <Button
            look={needsLifeSafetyConfirmation || type === 'reboot' ? 'danger' : 'primary'}
            pending={props.pending}
            disabledReason={
              needsLifeSafetyConfirmation && !confirmed ? 'Confirm first that the line may be interrupted.' : null
            }
            onClick={() => props.onConfirm(type, confirmed)}
          >
            {props.pending ? 'Asking…' : word}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {needsLifeSafetyConfirmation && (
          <>
            <Banner tone="critical" title="An alarm panel or lift phone depends on this">
              While this runs, nobody can call for help over that line. Make sure that somebody on site knows.
            </Banner>
            <CheckField checked={confirmed} onChange={setConfirmed} label="The line may be interrupted now" />
          </>
        )}
        <p className="text-sm text-ink-2">
          It is done only if nobody is on the line at that moment; otherwise it is refused with the reason.
        </p>
        {props.failure !== null && <FailureNote told={props.failure} />}
      </div>
    </Dialog>
  );
}
