'use client';

import { AUDIT_STREAM_KINDS, type AuditStream } from '@loopstart/contracts';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/audit-streams.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { AreaField, ChoiceField, TextField } from '../../ui/field.tsx';
import type { StreamDraft } from './stream-form.ts';

const words = t.group('form');
const KINDS = t.group('kind');

interface Props {
  draft: StreamDraft;
  isNew: boolean;
  /** The client certificate that the stream has. */
  client: AuditStream['client'];
  set: (part: Partial<StreamDraft>) => void;
  errors: FieldErrors;
}

/** Where a stream goes. */
export function StreamFields({ draft, isNew, client, set, errors }: Props) {
  return (
    <>
      <TextField
        label={words.name}
        name="name"
        maxLength={120}
        value={draft.name}
        error={errors['name']}
        onChange={(event) => set({ name: event.target.value })}
      />
      {isNew && (
        <ChoiceField
          label={words.kind}
          name="kind"
          hint={words.kindHint}
          value={draft.kind}
          error={errors['kind']}
          onChange={(event) => set({ kind: event.target.value as StreamDraft['kind'] })}
        >
          {AUDIT_STREAM_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KINDS[kind]}
            </option>
          ))}
        </ChoiceField>
      )}
      {draft.kind === 'webhook' ? (
        <TextField
          label={words.url}
          name="url"
          type="url"
          inputMode="url"
          hint={isNew ? words.urlHint : words.urlKept}
          value={draft.url}
          error={errors['url']}
          onChange={(event) => set({ url: event.target.value })}
        />
      ) : (
        <SyslogFields {...{ draft, isNew, client, set, errors }} />
      )}
      {isNew && (
        <ChoiceField
          label={words.from}
          name="from"
          value={draft.from}
          error={errors['from']}
          onChange={(event) => set({ from: event.target.value as StreamDraft['from'] })}
        >
          <option value="now">{words.fromNow}</option>
          <option value="start">{words.fromStart}</option>
        </ChoiceField>
      )}
    </>
  );
}

function SyslogFields({ draft, isNew, client, set, errors }: Props) {
  return (
    <>
      <div className="grid grid-cols-[1fr_7rem] gap-4">
        <TextField
          label={words.host}
          name="host"
          value={draft.host}
          error={errors['host']}
          onChange={(event) => set({ host: event.target.value })}
        />
        <TextField
          label={words.port}
          name="port"
          inputMode="numeric"
          value={draft.port}
          error={errors['port']}
          onChange={(event) => set({ port: event.target.value })}
        />
      </div>
      <AreaField
        label={words.ca}
        name="ca"
        optional
        rows={4}
        hint={isNew ? words.caHint : words.caKept}
        value={draft.ca}
        error={errors['ca']}
        onChange={(event) => set({ ca: event.target.value })}
      />
      <AreaField
        label={words.clientCertificate}
        name="client.certificate"
        optional
        rows={4}
        hint={isNew ? words.clientHint : words.clientKept}
        value={draft.clientCertificate}
        error={errors['client.certificate']}
        onChange={(event) => set({ clientCertificate: event.target.value })}
      />
      <AreaField
        label={words.clientKey}
        name="client.privateKey"
        optional
        rows={4}
        hint={words.clientKeyHint}
        value={draft.clientKey}
        error={errors['client.privateKey']}
        onChange={(event) => set({ clientKey: event.target.value })}
      />
      {client !== null && (
        <CheckField
          label={t('form.withoutClient', { subject: client.subject })}
          checked={draft.withoutClient}
          onChange={(withoutClient) => set({ withoutClient })}
        />
      )}
    </>
  );
}
