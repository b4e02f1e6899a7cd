'use client';

import { endpoints } from '@loopstart/contracts';
import { type FormEvent, useRef, useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { call } from '../../../lib/api/browser.ts';
import { Button } from '../../../ui/button.tsx';
import { AreaField } from '../../../ui/field.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useRefusal } from '../../session/index.ts';
import { useIncidentAct } from '../use-incident-act.ts';
import { refusalOf } from './offers.ts';
import { t } from '../../../messages/incidents.ts';

/** Writes something down for the colleagues. Ctrl or ⌘ Enter sends it. */
export function CommentForm({ incidentId }: { incidentId: string }) {
  const refusal = refusalOf('comment', { attention: 'open' }, useRefusal('incidents.comment'));
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const { act, pending, failure, forget } = useIncidentAct();
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (refusal !== null || pending !== null) return;
    if (text.trim() === '') return setEmpty(true);
    const saved = await act('comment', () =>
      call(endpoints.commentIncident, { params: { incidentId }, body: { text } }),
    );
    if (saved === null) return;
    setText('');
    announce(t('commentAdded'));
  };
  return (
    <form ref={form} onSubmit={(event) => void send(event)} className="flex flex-col gap-2">
      <AreaField
        label={t('comment')}
        name="text"
        rows={2}
        maxLength={2000}
        value={text}
        readOnly={refusal !== null}
        placeholder={refusal ?? t('whatFoundWhatDid')}
        error={empty ? t('enterCommentFirst') : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setEmpty(false);
          forget();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
        }}
      />
      {failure !== null && <FailureNote told={failure} />}
      <div>
        <Button type="submit" disabledReason={refusal} pending={pending !== null}>
          {pending === null ? t('addComment') : t('sending')}
        </Button>
      </div>
    </form>
  );
}
