'use client';

import { fieldOf, type FieldId } from '@loopstart/domain';
import { t } from '../../../messages/setting-words.ts';
import { t as common } from '../../../messages/common.ts';
import { AreaField, ChoiceField, TextField } from '../../../ui/field.tsx';
import { choiceWords, settingLabel } from './setting-words.ts';

/** The control that fits the type of a setting. Its text is read by `valueOf`. */
export function SettingField(props: {
  field: FieldId;
  /** The path of the field in its schema, by which errors find it. */
  name: string;
  text: string;
  error?: string | undefined;
  onChange: (text: string) => void;
}) {
  const { field, name, text, error, onChange } = props;
  const { type, secret } = fieldOf(field);
  const hints = t.group('hints');
  const shared = { label: settingLabel(field), name, error, value: text };
  switch (type.kind) {
    case 'flag':
    case 'choice': {
      const options =
        type.kind === 'flag'
          ? ([
              ['true', t('yes')],
              ['false', t('no')],
            ] as const)
          : type.values.map((value) => [value, choiceWords(value)] as const);
      return (
        <ChoiceField {...shared} onChange={(event) => onChange(event.target.value)}>
          {text === '' && <option value="">{common('chooseOne')}</option>}
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </ChoiceField>
      );
    }
    case 'list':
    case 'endpoints':
    case 'codecs':
    case 'cadence':
      return <AreaField {...shared} hint={hints[type.kind]} onChange={(event) => onChange(event.target.value)} />;
    default:
      return (
        <TextField
          {...shared}
          type={secret === true ? 'password' : 'text'}
          {...(secret === true && { hint: hints.secret, autoComplete: 'new-password' })}
          {...(type.kind === 'integer' && { inputMode: 'numeric' as const })}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
