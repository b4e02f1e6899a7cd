'use client';

import { endpoints, NewToken, type Token } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/tokens.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useUser } from '../session/index.ts';
import { MadeView } from './made-view.tsx';
import { bodyOf, EMPTY_DRAFT } from './token-form.ts';
import { TokenFields } from './token-fields.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Creates a token and shows its secret once. Mounted only while open. */
export function CreateTokenDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange }: Props) {
  const id = useId();
  const client = useQueryClient();
  const { permissions } = useUser();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [made, setMade] = useState<{ token: Token; secret: string } | null>(null);
  const form = useSubmit(NewToken, async (body) => {
    setMade(await call(endpoints.createToken, { body }));
    await client.invalidateQueries();
  });
  return (
    <Dialog
      // Once the secret is shown, a click beside the dialog must not lose it.
      alert={made !== null}
      open={open}
      onOpenChange={onOpenChange}
      title={made === null ? t('create') : t('madeTitle')}
      footer={
        made === null ? (
          <>
            <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
            <Button look="primary" type="submit" form={id} pending={form.pending}>
              {t('create')}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => onOpenChange(false)}>
            {t('stored')}
          </Button>
        )
      }
    >
      {made !== null ? (
        <MadeView {...made} />
      ) : (
        <form
          id={id}
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void form.submit(bodyOf(draft, permissions));
          }}
        >
          <TokenFields draft={draft} set={(part) => setDraft({ ...draft, ...part })} errors={form.errors} />
          {form.failure !== null && <FailureNote told={form.failure} />}
        </form>
      )}
    </Dialog>
  );
}
