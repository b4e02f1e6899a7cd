'use client';

import { endpoints } from '@loopstart/contracts';
import { PUBLISHED_KINDS, PUBLISHED_MODES, type PublishedKind, type PublishedMode } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useQuery } from '../../lib/api/use-query.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { uuid } from '../../lib/uuid.ts';
import { t } from '../../messages/library.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { MultiChoice } from '../../ui/multi-choice.tsx';
import { RadioList } from '../../ui/radio-list.tsx';
import { useToast } from '../../ui/toast.tsx';
import { operatorsQuery } from '../provider/index.ts';
import { nameOf } from './content.ts';
import { SourceField, useSources } from './source-field.tsx';

const KINDS = PUBLISHED_KINDS.map((value) => ({ value, words: t.group('kinds')[value] }));
const MODES = PUBLISHED_MODES.map((value) => ({ value, words: t.group('modeChoices')[value] }));
const AUDIENCES = [
  { value: 'all', words: t('all') },
  { value: 'some', words: t('some') },
] as const;

/** Publishes a policy or role of the own organisation to operators. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const toast = useToast();
  const client = useQueryClient();
  const operators = useQuery(operatorsQuery());
  // A request that is sent twice publishes once.
  const [idempotencyKey] = useState(uuid);
  const [kind, setKind] = useState<PublishedKind>('policy');
  const [sourceId, setSourceId] = useState('');
  const [mode, setMode] = useState<PublishedMode>('shared');
  const [audience, setAudience] = useState<'all' | 'some'>('all');
  const [chosen, setChosen] = useState<string[]>([]);
  const sources = useSources(kind);
  const form = useSubmit(endpoints.publishObject.body, async (body) => {
    await call(endpoints.publishObject, { body });
    await client.invalidateQueries();
    onClose();
    toast(t('published', { name: nameOf(body.object) }));
  });
  return (
    <FormDialog
      title={t('publishTitle')}
      description={t('publishAbout')}
      yes={t('publish')}
      form={form}
      values={{
        idempotencyKey,
        mode,
        operatorIds: audience === 'all' ? null : chosen,
        object: sources?.find(({ id }) => id === sourceId)?.object,
      }}
      onClose={onClose}
    >
      <RadioList
        label={t('kind')}
        value={kind}
        options={KINDS}
        onChange={(next) => {
          setKind(next);
          setSourceId('');
        }}
      />
      <SourceField sources={sources} value={sourceId} error={form.errors['object']} onChange={setSourceId} />
      <RadioList label={t('mode')} value={mode} options={MODES} onChange={setMode} note={noteOf(kind, mode)} />
      <RadioList label={t('forWhom')} value={audience} options={AUDIENCES} onChange={setAudience} />
      {audience === 'some' && (
        <MultiChoice
          legend={t('operators')}
          name="operatorIds"
          options={(operators.data?.items ?? []).map(({ id, name }) => [id, name] as const)}
          value={chosen}
          onChange={setChosen}
          none={t('noOperator')}
          error={form.errors['operatorIds'] === undefined ? undefined : t('chooseOperator')}
        />
      )}
    </FormDialog>
  );
}

function noteOf(kind: PublishedKind, mode: PublishedMode): string {
  if (mode === 'shared') return t('sharedNote');
  return kind === 'policy' ? t('lockedPolicyNote') : t('lockedRoleNote');
}
