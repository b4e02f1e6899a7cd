'use client';

import { type AuditStream, endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/audit-streams.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Ago, Moment } from '../../ui/moment.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { streamsQuery } from './queries.ts';

const STATES = t.group('state');
const KINDS = t.group('kind');
const TONES = { current: 'accent', behind: 'plain', failing: 'critical', paused: 'unknown' } as const;

/** One stream: where it goes, how far it came, and what went wrong last. */
export function StreamCard(props: { stream: AuditStream; onEdit: () => void; onRemove: () => void }) {
  const { stream } = props;
  return (
    <li className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 pt-3">
        <h2 className="flex min-w-0 flex-1 basis-56 flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
          <span className="wrap-anywhere">{stream.name}</span>
          <Tag>{KINDS[stream.kind]}</Tag>
          <Tag tone={TONES[stream.state]}>{STATES[stream.state]}</Tag>
        </h2>
        <Acts {...props} />
      </div>
      <div className="px-4 pt-3 pb-4">
        <Facts columns={3} items={factsOf(stream)} />
      </div>
    </li>
  );
}

function Acts({ stream, onEdit, onRemove }: { stream: AuditStream; onEdit: () => void; onRemove: () => void }) {
  const refusal = useRefusal('audit.write');
  const client = useQueryClient();
  const toast = useToast();
  const params = { streamId: stream.id };
  const { name } = stream;
  const refresh = () => client.invalidateQueries({ queryKey: streamsQuery().queryKey });
  const onError = (error: Error) => toast(tell(error).sentence);
  const test = useMutation({
    mutationFn: () => call(endpoints.testAuditStream, { params }),
    onSuccess: ({ error }) => (error === null ? toast(t('tested')) : toast(t('testFailed'), error)),
    onError,
  });
  const setPaused = useMutation({
    mutationFn: (paused: boolean) => call(endpoints.setAuditStreamState, { params, body: { paused } }),
    onSuccess: async ({ state }) => {
      await refresh();
      toast(state === 'paused' ? t('paused', { name }) : t('resumed', { name }));
    },
    onError,
  });
  const isPaused = stream.state === 'paused';
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" disabledReason={refusal} pending={test.isPending} onClick={() => test.mutate()}>
        {t('test')}
      </Button>
      <Button
        size="sm"
        disabledReason={refusal}
        pending={setPaused.isPending}
        onClick={() => setPaused.mutate(!isPaused)}
      >
        {isPaused ? t('resume') : t('pause')}
      </Button>
      <Button size="sm" disabledReason={refusal} onClick={onEdit}>
        {t('edit')}
      </Button>
      <Button size="sm" disabledReason={refusal} onClick={onRemove}>
        {t('remove')}
      </Button>
    </div>
  );
}

function clientFacts({ kind, client }: AuditStream): (readonly [string, React.ReactNode])[] {
  if (kind !== 'syslog') return [];
  if (client === null) return [[t('client'), t('noClient')]];
  const moment = <Moment at={client.expiresAt} siteZone={null} />;
  return [[t('client'), t.rich('clientUntil', { subject: client.subject, moment })]];
}

function factsOf(stream: AuditStream): (readonly [string, React.ReactNode])[] {
  const { target, position, end, behind, waitingSince, lastSentAt, lost, lastError, failures, nextTryAt } = stream;
  return [
    [t('target'), target],
    ...clientFacts(stream),
    [t('position'), t('positionOf', { position, end })],
    [
      t('behind'),
      waitingSince === null
        ? t('nothingWaits')
        : t.rich('waits', { count: behind, ago: <Ago at={waitingSince} siteZone={null} /> }),
    ],
    [t('lastSent'), lastSentAt === null ? t('never') : <Ago key="sent" at={lastSentAt} siteZone={null} />],
    ...(lost === 0 ? [] : [[t('lost'), t('lostWords', { count: lost })] as const]),
    ...(lastError === null
      ? []
      : [
          [
            t('lastError'),
            t.rich('errorAt', {
              sentence: lastError.sentence,
              moment: <Moment at={lastError.at} siteZone={null} seconds />,
              failures,
            }),
          ] as const,
        ]),
    ...(nextTryAt === null
      ? []
      : [[t('nextTry'), <Moment key="next" at={nextTryAt} siteZone={null} seconds />] as const]),
  ];
}
