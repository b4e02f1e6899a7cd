'use client';

import { AreaField, ChoiceField, TextField } from '../../ui/field.tsx';
import type { FieldsProps } from './fields-props.ts';
import { type ChannelDraft, headersFault } from './channel-form.ts';
import { t } from '../../messages/channels.ts';

/** How tickets are opened, updated and closed. */
export function TicketFields({ draft, onChange, errors, stored, kept }: FieldsProps & { kept: string }) {
  const area = (field: 'openBody' | 'updateBody' | 'closeBody', label: string, rows: number) => (
    <AreaField
      label={label}
      name={field}
      rows={rows}
      spellCheck={false}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.target.value })}
      error={errors[field]}
    />
  );
  return (
    <>
      <TextField
        label={t('ticketAddress')}
        name="url"
        inputMode="url"
        spellCheck={false}
        value={draft.url}
        placeholder="https://example.net/api/tickets"
        onChange={(event) => onChange({ url: event.target.value })}
        error={errors.url}
        hint={t('loopstartOpensTicketPost')}
      />
      <TextField
        label={t('authorizationHeader')}
        name="credentials"
        type="password"
        autoComplete="new-password"
        optional
        value={draft.credentials}
        placeholder={stored ? t('storedValue') : 'Basic …'}
        onChange={(event) => onChange({ credentials: event.target.value })}
        error={errors.credentials}
        hint={kept}
      />
      <AreaField
        label={t('furtherHeaders')}
        name="headers"
        optional
        rows={2}
        spellCheck={false}
        value={draft.headers}
        placeholder="clientId: …"
        onChange={(event) => onChange({ headers: event.target.value })}
        error={headersFault(draft.headers) ?? errors.headers}
        hint={t('nameValueOnePer', { kept })}
      />
      {area('openBody', t('bodyOpenTicket'), 7)}
      {area('updateBody', t('bodyUpdateTicket'), 3)}
      {area('closeBody', t('bodyCloseTicket'), 4)}
      <p className="-mt-2 text-xs text-ink-3">{t('bodyHelp')}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceField
          label={t('updateMethod')}
          name="updateMethod"
          value={draft.updateMethod}
          onChange={(event) => onChange({ updateMethod: event.target.value as ChannelDraft['updateMethod'] })}
          error={errors.updateMethod}
        >
          <option>PATCH</option>
          <option>PUT</option>
          <option>POST</option>
        </ChoiceField>
        <ChoiceField
          label={t('sendUpdatesTo')}
          name="updateAt"
          value={draft.updateAt}
          onChange={(event) => onChange({ updateAt: event.target.value as ChannelDraft['updateAt'] })}
          error={errors.updateAt}
        >
          <option value="ticket">{t('theTicketAddress')}</option>
          <option value="collection">{t('toCollection')}</option>
        </ChoiceField>
        <TextField
          label={t('pathIdResponse')}
          name="idPath"
          spellCheck={false}
          value={draft.idPath}
          placeholder="id"
          onChange={(event) => onChange({ idPath: event.target.value })}
          error={errors.idPath}
        />
      </div>
      <TextField
        label={t('queryFindsOpenTicket')}
        name="findQuery"
        optional
        spellCheck={false}
        value={draft.findQuery}
        placeholder="?externalId={{incident.dedupKey}}"
        onChange={(event) => onChange({ findQuery: event.target.value })}
        error={errors.findQuery}
        hint={t('sentBeforeTicketOpened')}
      />
    </>
  );
}
