'use client';

import type { ActionOffer } from '@loopstart/contracts';
import { useState } from 'react';
import type { Told } from '../../lib/errors/sentences.ts';
import { ACTION_HINTS, ACTION_WORDS } from '../../lib/words/action.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { stillMissing } from './offer-state.ts';
import type { Given } from './use-act.ts';

/**
 * Asks back before a line is interrupted: for lines on which lives depend, twice; where nobody can tell whether the
 * line is idle, for a written reason.
 */
export function ConfirmAction(props: {
  offer: ActionOffer | null;
  subject: string;
  pending: boolean;
  failure: Told | null;
  onConfirm: (type: ActionOffer['type'], given: Given) => void;
  onCancel: () => void;
}) {
  // What was asked stays readable while the dialog fades out.
  const [last, setLast] = useState(props.offer);
  const [confirmed, setConfirmed] = useState(false);
  const [reason, setReason] = useState('');
  if (props.offer !== null && props.offer !== last) {
    setLast(props.offer);
    setConfirmed(false);
    setReason('');
  }
  if (last === null) return null;
  const { type, needsLifeSafetyConfirmation, needsOverride, refusal } = last;
  const word = ACTION_WORDS[type];
  const grave = needsLifeSafetyConfirmation || needsOverride || type === 'reboot';
  const given: Given = {
    lifeSafetyConfirmed: needsLifeSafetyConfirmation && confirmed,
    overrideReason: needsOverride ? reason.trim() : null,
  };
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
            look={grave ? 'danger' : 'primary'}
            pending={props.pending}
            disabledReason={stillMissing(last, { confirmed, reason })}
            onClick={() => props.onConfirm(type, given)}
          >
            {props.pending ? 'Asking…' : needsOverride ? `${word} all the same` : word}
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
        {needsOverride && (
          <>
            <Banner tone="major" title="Nobody can tell whether a call is in progress">
              {refusal?.text} If there is a call, this ends it. Ask on site first.
            </Banner>
            <AreaField
              label="Why it is to be done all the same"
              name="overrideReason"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              maxLength={500}
              hint="Kept with the action and in the audit log, with your name."
            />
          </>
        )}
        <p className="text-sm text-ink-2">
          The agent reads the line once more before it begins. A line that is then known to be in use is left alone, and
          the reason is shown.
        </p>
        {props.failure !== null && <FailureNote told={props.failure} />}
      </div>
    </Dialog>
  );
}
