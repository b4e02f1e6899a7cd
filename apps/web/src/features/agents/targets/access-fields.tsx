'use client';

import type { FieldErrors } from '../../../lib/forms/issues.ts';
import { ChoiceField, TextField } from '../../../ui/field.tsx';
import type { AuthProtocol, PrivProtocol, TargetDraft } from './draft.ts';
import { t } from '../../../messages/agents.ts';

const LEVELS = [
  ['authPriv', t('authenticationAndEncryption')],
  ['authNoPriv', t('authenticationOnly')],
  ['noAuthNoPriv', t('none')],
] as const;
const AUTH: readonly (readonly [AuthProtocol, string])[] = [
  ['sha512', 'SHA-512'],
  ['sha384', 'SHA-384'],
  ['sha256', 'SHA-256'],
  ['sha224', 'SHA-224'],
  ['sha1', t('sha1Old')],
  ['md5', t('md5Old')],
];
const PRIVACY: readonly (readonly [PrivProtocol, string])[] = [
  ['aes256', 'AES-256'],
  ['aes192', 'AES-192'],
  ['aes128', 'AES-128'],
  ['des', t('desOld')],
];

interface Props {
  draft: TargetDraft;
  path: string;
  errors: FieldErrors;
  onChange: (part: Partial<TargetDraft>) => void;
}

/** How the gateway may be asked: a community for v1 and v2c, a user for v3. Secrets go one way only. */
export function AccessFields(props: Props) {
  return props.draft.access === 'v3' ? <UserFields {...props} /> : <CommunityFields {...props} />;
}

function CommunityFields({ draft, path, errors, onChange }: Props) {
  return (
    <>
      <div className="sm:col-span-3" />
      <div className="sm:col-span-3">
        <Secret
          label={t('readCommunity')}
          name={`${path}.community`}
          value={draft.community}
          error={errors[`${path}.community`]}
          onChange={(community) => onChange({ community })}
        />
      </div>
      <div className="sm:col-span-3">
        <Secret
          label={t('writeCommunity')}
          name={`${path}.writeCommunity`}
          optional
          value={draft.writeCommunity}
          error={errors[`${path}.writeCommunity`]}
          onChange={(writeCommunity) => onChange({ writeCommunity })}
        />
      </div>
    </>
  );
}

function UserFields({ draft, path, errors, onChange }: Props) {
  const signed = draft.level !== 'noAuthNoPriv';
  const encrypted = draft.level === 'authPriv';
  return (
    <>
      <div className="sm:col-span-3">
        <Choice
          label={t('securityLevel')}
          options={LEVELS}
          value={draft.level}
          onChange={(level) => onChange({ level })}
        />
      </div>
      <div className="sm:col-span-6">
        <TextField
          label={t('userName')}
          name={`${path}.user`}
          value={draft.user}
          onChange={(event) => onChange({ user: event.target.value })}
          error={errors[`${path}.user`]}
          spellCheck={false}
        />
      </div>
      {signed && (
        <>
          <div className="sm:col-span-2">
            <Choice
              label={t('authenticationProtocol')}
              options={AUTH}
              value={draft.authProtocol}
              onChange={(authProtocol) => onChange({ authProtocol })}
            />
          </div>
          <div className="sm:col-span-4">
            <Secret
              label={t('authenticationPassphrase')}
              name={`${path}.authPassphrase`}
              value={draft.authPassphrase}
              error={errors[`${path}.authPassphrase`]}
              onChange={(authPassphrase) => onChange({ authPassphrase })}
            />
          </div>
        </>
      )}
      {encrypted && (
        <>
          <div className="sm:col-span-2">
            <Choice
              label={t('encryptionProtocol')}
              options={PRIVACY}
              value={draft.privProtocol}
              onChange={(privProtocol) => onChange({ privProtocol })}
            />
          </div>
          <div className="sm:col-span-4">
            <Secret
              label={t('encryptionPassphrase')}
              name={`${path}.privPassphrase`}
              value={draft.privPassphrase}
              error={errors[`${path}.privPassphrase`]}
              onChange={(privPassphrase) => onChange({ privPassphrase })}
            />
          </div>
        </>
      )}
    </>
  );
}

function Choice<T extends string>(props: {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <ChoiceField
      label={props.label}
      name={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value as T)}
    >
      {props.options.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </ChoiceField>
  );
}

/** A secret of a device, not of this person: browsers must neither fill it in nor offer to keep it. */
function Secret(props: {
  label: string;
  name: string;
  value: string;
  optional?: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <TextField
      type="password"
      autoComplete="new-password"
      label={props.label}
      name={props.name}
      value={props.value}
      {...(props.optional ? { optional: true } : {})}
      error={props.error}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
