'use client';

import { endpoints, type Policy, PolicyInput } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { moved } from '../../lib/forms/moved.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { useZone } from '../../lib/preferences/zone.ts';
import { uuid } from '../../lib/uuid.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { MatchFields, type Names } from '../matching/index.ts';
import { useRefusal } from '../session/index.ts';
import {
  checkPolicy,
  newPolicyDraft,
  type PolicyDraft,
  policyDraftOf,
  policyInputOf,
  type StepDraft,
} from './policy-form.ts';
import { PolicyWords } from './policy-words.tsx';
import { DigestFields, QuietFields } from './quiet-fields.tsx';
import { StepFields } from './step-fields.tsx';
import { WaitField } from '../../ui/wait-field.tsx';
import { t } from '../../messages/policies.ts';
import { t as common } from '../../messages/common.ts';

/** The form of a policy; beside it the same in words, as it will be. */
export function PolicyEditor({ policy, names }: { policy?: Policy; names: Names }) {
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const zone = useZone(null);
  const refusal = useRefusal('policies.write');
  const [draft, setDraft] = useState<PolicyDraft>(() =>
    policy === undefined ? newPolicyDraft(zone, uuid()) : policyDraftOf(policy, zone, uuid),
  );
  const form = useSubmit(
    PolicyInput,
    async (body) => {
      const saved =
        policy === undefined
          ? await call(endpoints.createPolicy, { body })
          : await call(endpoints.updatePolicy, { params: { policyId: policy.id }, body });
      await client.invalidateQueries();
      toast(policy === undefined ? t('wasAdded', { name: saved.name }) : t('wasChanged', { name: saved.name }));
      router.push('/alerting/policies');
    },
    checkPolicy,
  );
  const change = (part: Partial<PolicyDraft>) => setDraft((old) => ({ ...old, ...part }));
  const changeStep = (index: number, part: Partial<StepDraft>) =>
    setDraft((old) => ({ ...old, steps: old.steps.map((step, at) => (at === index ? { ...step, ...part } : step)) }));
  const preview = PolicyInput.safeParse({ ...policyInputOf(draft), name: t('preview') });
  const { steps } = draft;
  return (
    <form
      noValidate
      aria-label={t('policy')}
      className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]"
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit(policyInputOf(draft));
      }}
    >
      <div className="flex min-w-0 flex-col gap-4">
        <Section title={t('matchingIncidents')}>
          <div className="flex flex-col gap-4">
            <TextField
              label={common('name')}
              name="name"
              value={draft.name}
              maxLength={120}
              onChange={(event) => change({ name: event.target.value })}
              error={form.errors.name}
            />
            {draft.isDefault ? (
              <p className="text-sm text-ink-2">{t('defaultMatchesEveryIncident')}</p>
            ) : (
              <MatchFields
                path="match"
                draft={draft.match}
                onChange={(part) => change({ match: { ...draft.match, ...part } })}
                errors={form.errors}
              />
            )}
          </div>
        </Section>
        <Section title={t('steps')} note={t('escalationStopsSoonSomebody')}>
          <ol className="flex flex-col gap-3">
            {steps.map((step, index) => (
              <StepFields
                key={step.key}
                step={step}
                index={index}
                names={names}
                errors={form.errors}
                isLast={index === steps.length - 1}
                onChange={(part) => changeStep(index, part)}
                onRemove={steps.length === 1 ? null : () => change({ steps: steps.filter((_, at) => at !== index) })}
                onMove={steps.length === 1 ? null : (by) => change({ steps: moved(steps, index, index + by) })}
              />
            ))}
          </ol>
          <div className="mt-3">
            <Button
              onClick={() => change({ steps: [...steps, { key: uuid(), wait: '15', unit: 'minutes', targets: [] }] })}
              icon={<Plus aria-hidden="true" className="size-4" />}
            >
              {t('addAStep')}
            </Button>
          </div>
          <div className="mt-4 grid gap-4 border-t border-line pt-3 sm:grid-cols-2">
            <TextField
              label={t('repeatTheSteps')}
              name="repeat.times"
              inputMode="numeric"
              value={draft.times}
              onChange={(event) => change({ times: event.target.value })}
              error={form.errors['repeat.times']}
              hint={t('n020Times0')}
            />
            <WaitField
              label={t('waitAfterLastStep')}
              name="repeat.everyMinutes"
              wait={draft.every}
              unit={draft.everyUnit}
              onChange={({ wait, unit }) => change({ every: wait ?? draft.every, everyUnit: unit ?? draft.everyUnit })}
              error={form.errors['repeat.everyMinutes']}
            />
          </div>
        </Section>
        <Section title={t('quietHours')}>
          <QuietFields
            draft={draft.quiet}
            onChange={(part) => change({ quiet: { ...draft.quiet, ...part } })}
            errors={form.errors}
          />
        </Section>
        <Section title={t('digest')}>
          <DigestFields
            draft={draft.digest}
            names={names}
            onChange={(part) => change({ digest: { ...draft.digest, ...part } })}
            errors={form.errors}
          />
        </Section>
      </div>
      <div className="flex flex-col gap-4 lg:sticky lg:top-18">
        <Section title={t('summary')}>
          {preview.success ? (
            <PolicyWords policy={preview.data} names={names} />
          ) : (
            <p className="text-sm text-ink-3">{t('summaryAppearsEachStep')}</p>
          )}
        </Section>
        {form.failure !== null && <FailureNote told={form.failure} />}
        <div className="flex gap-2">
          <Button look="primary" type="submit" pending={form.pending} disabledReason={refusal}>
            {policy === undefined ? t('addPolicy') : common('save')}
          </Button>
          <ButtonLink href="/alerting/policies">{common('cancel')}</ButtonLink>
        </div>
      </div>
    </form>
  );
}
