'use client';

import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/tokens.ts';
import { AreaField, ChoiceField } from '../../ui/field.tsx';
import { useRefusal } from '../session/index.ts';
import type { TokenDraft } from './token-form.ts';

const words = t.group('form');
const DAYS = [7, 30, 90, 180];
const YEAR = 365;

type Life = Pick<TokenDraft, 'addresses' | 'expiresInDays'>;

/** From where a new token may be used, and until when. */
export function LifeFields({
  draft,
  set,
  errors,
}: {
  draft: Life;
  set: (part: Partial<Life>) => void;
  errors: FieldErrors;
}) {
  const lasting = useRefusal('tokens.lasting') === null;
  return (
    <>
      <AreaField
        label={words.addresses}
        name="addresses"
        optional
        hint={words.addressesHint}
        value={draft.addresses}
        onChange={(event) => set({ addresses: event.target.value })}
        error={addressError(errors)}
        rows={2}
      />
      <ChoiceField
        label={words.expires}
        name="expiresInDays"
        value={draft.expiresInDays ?? ''}
        onChange={(event) => set({ expiresInDays: event.target.value === '' ? null : Number(event.target.value) })}
        error={errors.expiresInDays}
      >
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {t('days', { days })}
          </option>
        ))}
        <option value={YEAR}>{words.year}</option>
        {lasting && <option value="">{words.neverExpires}</option>}
      </ChoiceField>
    </>
  );
}

/** What is wrong with any of the addresses. */
const addressError = (errors: FieldErrors): string | undefined =>
  Object.entries(errors).find(([path]) => path === 'addresses' || path.startsWith('addresses.'))?.[1];
