'use client';

import { type FieldId, fieldOf } from '@loopstart/domain';
import { useState } from 'react';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/configuration.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { ChoiceField, TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { RadioList } from '../../../ui/radio-list.tsx';
import { useEdit } from '../draft/use-edit.ts';
import type { Place } from '../place/place.ts';
import { SettingField } from '../setting/setting-field.tsx';
import { groupLabel, groupOf, settingLabel } from '../setting/setting-words.ts';
import { classesOf, editOf, type EntryDraft, entryDraftOf, EntryForm, fieldsOf } from './entry-form.ts';
import type { EntryRow } from './rows.ts';

/** Edits one setting of a place in the draft. `rows`: what the place has, so that a chosen field begins with it. */
export function EntryDialog(props: {
  place: Place;
  row: EntryRow | null;
  rows: readonly EntryRow[];
  onClose: () => void;
}) {
  const { place, row, rows, onClose } = props;
  const { draft, edit } = useEdit();
  const first = row ?? rowFor(rows, fieldsOf(place)[0]!, '');
  const [form, setForm] = useState<EntryDraft>(() => entryDraftOf(first, t('newDraftName')));
  const sees = rowFor(rows, form.field, form.deviceClass);
  const submit = useSubmit(EntryForm, async ({ edit: one, draftName }) => {
    await edit([one], draftName);
    onClose();
  });
  const change = (part: Partial<EntryDraft>) => setForm((old) => ({ ...old, ...part }));
  const choose = (field: FieldId, deviceClass: EntryDraft['deviceClass']) =>
    setForm((old) => entryDraftOf(rowFor(rows, field, deviceClass), old.draftName));
  const classes = classesOf(place, form.field);
  return (
    <FormDialog
      title={row === null ? t('addSetting') : settingLabel(form.field)}
      description={fieldOf(form.field).about}
      yes={t('addToDraft')}
      form={submit}
      values={editOf(place, form, sees.edit?.id ?? sees.entry?.id ?? null)}
      onClose={onClose}
    >
      {row === null && <WhichSetting place={place} value={form.field} onChange={(field) => choose(field, '')} />}
      {classes.length > 0 && (
        <ChoiceField
          label={t('forDevices')}
          name="edit.deviceClass"
          value={form.deviceClass}
          disabled={row !== null}
          onChange={(event) => choose(form.field, event.target.value as EntryDraft['deviceClass'])}
        >
          <option value="">{t('allDevices')}</option>
          {classes.map((one) => (
            <option key={one} value={one}>
              {LINE_DEVICE_WORDS[one]}
            </option>
          ))}
        </ChoiceField>
      )}
      <RadioList
        label={t('howSet')}
        value={form.action}
        options={[
          { value: 'set', words: t('setValue') },
          { value: 'unmanage', words: t('leaveAsIs') },
        ]}
        onChange={(action) => change({ action })}
      />
      {form.action === 'set' && (
        <SettingField
          field={form.field}
          name="edit.value"
          text={form.text}
          error={submit.errors['edit.value']}
          onChange={(text) => change({ text })}
        />
      )}
      {place.layer !== 'port' && (
        <CheckField
          checked={form.isSealed}
          onChange={(isSealed) => change({ isSealed })}
          label={t('seal', { place: t.group('layersBelow')[place.layer] })}
        />
      )}
      {draft === null && (
        <TextField
          label={t('draftName')}
          name="draftName"
          value={form.draftName}
          error={submit.errors['draftName']}
          hint={t('draftNameHint')}
          onChange={(event) => change({ draftName: event.target.value })}
        />
      )}
    </FormDialog>
  );
}

function rowFor(rows: readonly EntryRow[], field: FieldId, deviceClass: EntryDraft['deviceClass']): EntryRow {
  const wanted = deviceClass === '' ? null : deviceClass;
  return (
    rows.find((row) => row.field === field && row.deviceClass === wanted) ?? {
      field,
      deviceClass: wanted,
      entry: null,
      edit: null,
    }
  );
}

/** The settings that a place can have, by group. */
function WhichSetting(props: { place: Place; value: FieldId; onChange: (field: FieldId) => void }) {
  const groups = Map.groupBy(fieldsOf(props.place), groupOf);
  return (
    <ChoiceField
      label={t('setting')}
      name="edit.name"
      value={props.value}
      onChange={(event) => props.onChange(event.target.value as FieldId)}
    >
      {[...groups].map(([group, fields]) => (
        <optgroup key={group} label={groupLabel(group)}>
          {fields.map((field) => (
            <option key={field} value={field}>
              {settingLabel(field)}
            </option>
          ))}
        </optgroup>
      ))}
    </ChoiceField>
  );
}
