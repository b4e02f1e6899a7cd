'use client';

import { AreaField, ChoiceField, TextField } from '../../ui/field.tsx';
import { MatchFields } from '../matching/index.ts';
import { addressHint } from './channel-words.ts';
import type { ChannelDraft } from './channel-form.ts';
import type { FieldsProps } from './fields-props.ts';
import { TicketFields } from './ticket-fields.tsx';

/** The fields of the chosen kind. */
export function ChannelFields(props: FieldsProps) {
  const { draft, onChange, errors, stored } = props;
  const kept = stored
    ? 'Stored encrypted and never shown again. Empty: as it was.'
    : 'Stored encrypted and never shown again.';
  switch (draft.kind) {
    case 'webhook':
      return (
        <>
          <TextField
            label="Address"
            name="url"
            inputMode="url"
            spellCheck={false}
            value={draft.url}
            placeholder="https://example.net/loopstart"
            onChange={(event) => onChange({ url: event.target.value })}
            error={errors.url}
            hint={`${addressHint(props.alsoAllowed)} It is called with POST and has to answer 2xx.`}
          />
          {!stored && (
            <ChoiceField
              label="Signature"
              name="signing"
              value={draft.signing}
              onChange={(event) => onChange({ signing: event.target.value as ChannelDraft['signing'] })}
              error={errors.signing}
              hint="By either, the receiver proves that a message is from you and was not changed."
            >
              <option value="v1">v1: shared secret (HMAC-SHA256)</option>
              <option value="v1a">v1a: public key (ed25519)</option>
            </ChoiceField>
          )}
          <fieldset className="rounded-md border border-line px-3 pt-1 pb-3">
            <legend className="px-1 text-sm font-semibold">What it hears of</legend>
            <MatchFields
              path="filters"
              draft={draft.match}
              onChange={(part) => onChange({ match: { ...draft.match, ...part } })}
              errors={errors}
              without={['siteIds']}
            />
          </fieldset>
        </>
      );
    case 'email':
      return (
        <AreaField
          label="Mail addresses"
          name="to"
          spellCheck={false}
          value={draft.to}
          placeholder={'noc@example.net\nduty@example.net'}
          onChange={(event) => onChange({ to: event.target.value })}
          error={errors.to ?? Object.entries(errors).find(([path]) => path.startsWith('to.'))?.[1]}
          hint="One a line, at most 50."
        />
      );
    case 'slack':
    case 'teams':
      return (
        <TextField
          label={draft.kind === 'slack' ? 'Incoming webhook of Slack' : 'Incoming webhook of Teams'}
          name="url"
          optional={stored}
          inputMode="url"
          spellCheck={false}
          value={draft.url}
          placeholder={draft.kind === 'slack' ? 'https://hooks.slack.com/services/…' : 'https://….webhook.office.com/…'}
          onChange={(event) => onChange({ url: event.target.value })}
          error={errors.url}
          hint={`Whoever has it can write there. ${kept}`}
        />
      );
    case 'pagerduty':
    case 'opsgenie':
      return <PagerFields {...props} kept={kept} />;
    case 'ticket':
      return <TicketFields {...props} kept={kept} />;
  }
}

function PagerFields({ draft, onChange, errors, stored, kept }: FieldsProps & { kept: string }) {
  const pagerduty = draft.kind === 'pagerduty';
  const key = pagerduty ? 'routingKey' : 'apiKey';
  return (
    <>
      <TextField
        label={pagerduty ? 'Integration key (Events API v2)' : 'API key'}
        name={key}
        type="password"
        autoComplete="new-password"
        optional={stored}
        value={draft[key]}
        onChange={(event) => onChange({ [key]: event.target.value })}
        error={errors[key]}
        hint={kept}
      />
      <ChoiceField
        label="Region"
        name="region"
        value={draft.region}
        onChange={(event) => onChange({ region: event.target.value as ChannelDraft['region'] })}
        error={errors.region}
      >
        <option value="us">United States</option>
        <option value="eu">European Union</option>
      </ChoiceField>
      <TextField
        label="Another address"
        name="url"
        optional
        inputMode="url"
        spellCheck={false}
        value={draft.url}
        onChange={(event) => onChange({ url: event.target.value })}
        error={errors.url}
        hint="For a relay on your own premises; empty takes the service itself."
      />
    </>
  );
}
