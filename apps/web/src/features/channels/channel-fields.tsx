'use client';

import { AreaField, ChoiceField, TextField } from '../../ui/field.tsx';
import { MatchFields } from '../matching/index.ts';
import { addressHint } from './channel-words.ts';
import type { ChannelDraft } from './channel-form.ts';
import type { FieldsProps } from './fields-props.ts';
import { TicketFields } from './ticket-fields.tsx';
import { t } from '../../messages/channels.ts';

/** The fields of the chosen kind. */
export function ChannelFields(props: FieldsProps) {
  const { draft, onChange, errors, stored } = props;
  const kept = stored ? t('storedEncryptedNeverShown') : t('storedEncryptedNeverShownAgain');
  switch (draft.kind) {
    case 'webhook':
      return (
        <>
          <TextField
            label={t('address')}
            name="url"
            inputMode="url"
            spellCheck={false}
            value={draft.url}
            placeholder="https://example.net/loopstart"
            onChange={(event) => onChange({ url: event.target.value })}
            error={errors.url}
            hint={t('loopstartSendsPostRequest', { addressHint: addressHint(props.alsoAllowed) })}
          />
          {!stored && (
            <ChoiceField
              label={t('signature')}
              name="signing"
              value={draft.signing}
              onChange={(event) => onChange({ signing: event.target.value as ChannelDraft['signing'] })}
              error={errors.signing}
              hint={t('signatureReceiverVerifiesMessage')}
            >
              <option value="v1">{t('v1SharedSecretHmac')}</option>
              <option value="v1a">{t('v1aPublicKeyEd25519')}</option>
            </ChoiceField>
          )}
          <fieldset className="rounded-md border border-line px-3 pt-1 pb-3">
            <legend className="px-1 text-sm font-semibold">{t('incidentsToSend')}</legend>
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
          label={t('eMailAddresses')}
          name="to"
          spellCheck={false}
          value={draft.to}
          placeholder={'noc@example.net\nduty@example.net'}
          onChange={(event) => onChange({ to: event.target.value })}
          error={errors.to ?? Object.entries(errors).find(([path]) => path.startsWith('to.'))?.[1]}
          hint={t('oneAddressPerLine')}
        />
      );
    case 'slack':
    case 'teams':
      return (
        <TextField
          label={draft.kind === 'slack' ? t('slackIncomingWebhook') : t('teamsIncomingWebhook')}
          name="url"
          optional={stored}
          inputMode="url"
          spellCheck={false}
          value={draft.url}
          placeholder={draft.kind === 'slack' ? 'https://hooks.slack.com/services/…' : 'https://….webhook.office.com/…'}
          onChange={(event) => onChange({ url: event.target.value })}
          error={errors.url}
          hint={t('anyoneWhoUrlPost', { kept })}
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
        label={pagerduty ? t('integrationKeyEventsApi') : t('apiKey')}
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
        label={t('region')}
        name="region"
        value={draft.region}
        onChange={(event) => onChange({ region: event.target.value as ChannelDraft['region'] })}
        error={errors.region}
      >
        <option value="us">{t('unitedStates')}</option>
        <option value="eu">{t('europeanUnion')}</option>
      </ChoiceField>
      <TextField
        label={t('customAddress')}
        name="url"
        optional
        inputMode="url"
        spellCheck={false}
        value={draft.url}
        onChange={(event) => onChange({ url: event.target.value })}
        error={errors.url}
        hint={t('relayOwnPremisesLeave')}
      />
    </>
  );
}
