'use client';

import { CircleDashed, CloudOff, Lock, RotateCcw, SearchX, TriangleAlert, Unplug } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { tell, type Told } from '../lib/errors/sentences.ts';
import { Button } from './button.tsx';
import { t } from '../messages/common.ts';

/** A place with nothing in it: what belongs here, and how to get some. */
export function Empty(props: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <div aria-hidden="true" className="mb-1 text-ink-3 [&>svg]:size-7 [&>svg]:stroke-[1.5]">
        {props.icon ?? <CircleDashed />}
      </div>
      <p className="font-medium text-ink">{props.title}</p>
      {props.children !== undefined && (
        <div className="max-w-prose text-sm text-ink-2 text-balance">{props.children}</div>
      )}
      {props.action !== undefined && <div className="mt-3">{props.action}</div>}
    </div>
  );
}

/** A search or filters that leave nothing: there may be much without them. */
export function NoMatch(props: { title: string; children?: ReactNode; action?: ReactNode }) {
  return <Empty icon={<SearchX />} {...props} />;
}

const ICONS: Record<Told['kind'], ReactNode> = {
  'not-allowed': <Lock />,
  'not-found': <SearchX />,
  refused: <TriangleAlert />,
  unreachable: <CloudOff />,
  broken: <Unplug />,
};

/** What went wrong instead of what should be here: a sentence, the request number, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const told = tell(error);
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <div aria-hidden="true" className="mb-1 text-ink-3 [&>svg]:size-7 [&>svg]:stroke-[1.5]">
        {ICONS[told.kind]}
      </div>
      <p className="font-medium text-ink">{told.sentence}</p>
      {told.advice !== null && <p className="text-sm text-ink-2">{told.advice}</p>}
      {told.requestId !== null && (
        <p className="text-xs text-ink-3">
          {t.rich('request', {
            requestId: told.requestId,
            code: <code className="font-mono select-all" />,
          })}
        </p>
      )}
      {retry !== undefined && (told.retryable || told.kind === 'not-found') && <Retry retry={retry} />}
    </div>
  );
}

/** A failure beside something that still shows: one line. */
export function FailureNote({ told }: { told: Told }) {
  return (
    <div role="alert" className="rounded-md border border-critical-line bg-critical-soft px-3 py-2 text-sm">
      <p className="font-medium text-critical">{told.sentence}</p>
      {told.advice !== null && <p className="text-ink-2">{told.advice}</p>}
      {told.requestId !== null && (
        <p className="mt-0.5 text-xs text-ink-2">
          {t.rich('request', {
            requestId: told.requestId,
            code: <code className="font-mono select-all" />,
          })}
        </p>
      )}
    </div>
  );
}

function Retry({ retry }: { retry: () => unknown }) {
  const [pending, setPending] = useState(false);
  const again = async () => {
    setPending(true);
    await retry();
    setPending(false);
  };
  return (
    <div className="mt-3">
      <Button pending={pending} onClick={again} icon={<RotateCcw aria-hidden="true" className="size-4" />}>
        {pending ? t('trying') : t('tryAgain')}
      </Button>
    </div>
  );
}
