'use client';

import { AreaField, ChoiceField, TextField } from '../../ui/field.tsx';
import type { FieldsProps } from './fields-props.ts';
import { type ChannelDraft, headersFault } from './channel-form.ts';

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
        label="Address of the tickets"
        name="url"
        inputMode="url"
        spellCheck={false}
        value={draft.url}
        placeholder="https://example.net/api/tickets"
        onChange={(event) => onChange({ url: event.target.value })}
        error={errors.url}
        hint="A ticket is opened with POST here, and is found at this address followed by its id."
      />
      <TextField
        label="Authorization header"
        name="credentials"
        type="password"
        autoComplete="new-password"
        optional
        value={draft.credentials}
        placeholder={stored ? 'as it was' : 'Basic …'}
        onChange={(event) => onChange({ credentials: event.target.value })}
        error={errors.credentials}
        hint={kept}
      />
      <AreaField
        label="Further headers"
        name="headers"
        optional
        rows={2}
        spellCheck={false}
        value={draft.headers}
        placeholder="clientId: …"
        onChange={(event) => onChange({ headers: event.target.value })}
        error={headersFault(draft.headers) ?? errors.headers}
        hint={`“Name: value”, one a line. ${kept}`}
      />
      {area('openBody', 'Body that opens a ticket', 7)}
      {area('updateBody', 'Body that updates it', 3)}
      {area('closeBody', 'Body that closes it', 4)}
      <p className="-mt-2 text-xs text-ink-3">
        JSON, with places such as {'{{incident.title}}'}, {'{{incident.place}}'}, {'{{incident.severity}}'},{' '}
        {'{{incident.why}}'}, {'{{incident.url}}'} and {'{{message.text}}'} inside its texts.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceField
          label="Update with"
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
          label="Updates go to"
          name="updateAt"
          value={draft.updateAt}
          onChange={(event) => onChange({ updateAt: event.target.value as ChannelDraft['updateAt'] })}
          error={errors.updateAt}
        >
          <option value="ticket">the address of the ticket</option>
          <option value="collection">the address above, with {'{{ticket.id}}'} in the body</option>
        </ChoiceField>
        <TextField
          label="Where the answer holds the id"
          name="idPath"
          spellCheck={false}
          value={draft.idPath}
          placeholder="id"
          onChange={(event) => onChange({ idPath: event.target.value })}
          error={errors.idPath}
        />
      </div>
      <TextField
        label="Query that finds an open ticket"
        name="findQuery"
        optional
        spellCheck={false}
        value={draft.findQuery}
        placeholder="?externalId={{incident.dedupKey}}"
        onChange={(event) => onChange({ findQuery: event.target.value })}
        error={errors.findQuery}
        hint="Asked before a ticket is opened, so that one incident never has two."
      />
    </>
  );
}
