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
import { t } from '../../messages/actions.ts';

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
          <Button onClick={props.onCancel}>{t('notRun')}</Button>
          <Button
            look={grave ? 'danger' : 'primary'}
            pending={props.pending}
            disabledReason={stillMissing(last, { confirmed, reason })}
            onClick={() => props.onConfirm(type, given)}
          >
            {props.pending ? t('sending') : needsOverride ? t('anyway', { action: word }) : word}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {needsLifeSafetyConfirmation && (
          <>
            <Banner tone="critical" title={t('alarmPanelLiftPhone')}>
              {t('runsNobodyCallHelp')}
            </Banner>
            <CheckField checked={confirmed} onChange={setConfirmed} label={t('lineMayInterruptedNow')} />
          </>
        )}
        {needsOverride && (
          <>
            <Banner tone="major" title={t('loopstartNotKnowWhether')}>
              {t('ifCall', { text: refusal?.text ?? '' })}
            </Banner>
            <AreaField
              label={t('reasonOverride')}
              name="overrideReason"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              maxLength={500}
              hint={t('storedActionAuditLog')}
            />
          </>
        )}
        <p className="text-sm text-ink-2">{t('agentReadsLineAgain')}</p>
        {props.failure !== null && <FailureNote told={props.failure} />}
      </div>
    </Dialog>
  );
}
