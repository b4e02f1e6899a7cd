'use client';

import { type Agent, AgentTargetsInput, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { call } from '../../../lib/api/browser.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure, FailureNote } from '../../../ui/state-panel.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { targetsQuery } from '../queries.ts';
import { checkTargets, draftOf, inputOf, newDraft, type StoredTarget, type TargetDraft } from './draft.ts';
import { TargetFields } from './target-fields.tsx';
import { t } from '../../../messages/agents.ts';
import { t as common } from '../../../messages/common.ts';

interface Props {
  agent: Agent;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Edits where an agent looks. Mounted only while open, so that it begins with what is true now. */
export function TargetsDialog(props: Props) {
  return props.open ? <Loader {...props} /> : null;
}

function Loader(props: Props) {
  const { data, error, refetch } = useQuery({
    ...targetsQuery(props.agent.id),
    staleTime: 0,
    refetchOnMount: 'always',
  });
  if (data !== undefined) return <Editor {...props} stored={data.targets} trapPort={data.trapPort} />;
  return (
    <Dialog wide open={props.open} onOpenChange={props.onOpenChange} title={t('discoveryTargets')}>
      {error === null ? (
        <Loading what={t('discoveryTargets2')} className="flex flex-col gap-3">
          <Bone className="h-12 w-full" />
          <Bone className="h-12 w-full" />
          <Bone className="h-12 w-full" />
        </Loading>
      ) : (
        <Failure error={error} retry={refetch} />
      )}
    </Dialog>
  );
}

function Editor({ agent, open, onOpenChange, stored, trapPort }: Props & { stored: StoredTarget[]; trapPort: number }) {
  const formId = useId();
  const client = useQueryClient();
  const toast = useToast();
  const [drafts, setDrafts] = useState<TargetDraft[]>(() => stored.map(draftOf));
  const [traps, setTraps] = useState(String(trapPort));
  const known = new Map(stored.map((view) => [view.id, view]));
  const form = useSubmit(
    AgentTargetsInput,
    async (body) => {
      await call(endpoints.putAgentTargets, { params: { agentId: agent.id }, body });
      await client.invalidateQueries();
      onOpenChange(false);
      toast(t('discoveryTargetsSaved'), t('agentReportsAppliedThem'));
    },
    (input) => checkTargets(input, known),
  );
  const change = (index: number, part: Partial<TargetDraft>) =>
    setDrafts((old) => old.map((draft, at) => (at === index ? { ...draft, ...part } : draft)));

  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title={t('discoveryTargets')}
      description={t('addressesWhereLooksGateways', { hostname: agent.hostname })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={formId} pending={form.pending}>
            {t('saveTargets')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(inputOf(drafts, traps));
        }}
      >
        {drafts.length === 0 && (
          <p className="rounded-md bg-sunken px-4 py-6 text-center text-sm text-ink-2">{t('noTargetsAgentFinds')}</p>
        )}
        {drafts.map((draft, index) => (
          <TargetFields
            key={draft.id}
            draft={draft}
            path={`targets.${index}`}
            stored={known.get(draft.id)}
            errors={form.errors}
            onChange={(part) => change(index, part)}
            onRemove={() => setDrafts((old) => old.filter((_, at) => at !== index))}
          />
        ))}
        <div>
          <Button
            onClick={() => setDrafts((old) => [...old, newDraft(newId())])}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            {t('addATarget')}
          </Button>
        </div>
        <div className="max-w-64 border-t border-line pt-3">
          <TextField
            label={t('portTrapsInforms')}
            name="trapPort"
            inputMode="numeric"
            value={traps}
            onChange={(event) => setTraps(event.target.value)}
            error={form.errors.trapPort}
            hint={t('udp0TurnsReception')}
          />
        </div>
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}

/** crypto.randomUUID exists on https and localhost only; getRandomValues everywhere. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
