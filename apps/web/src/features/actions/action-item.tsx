'use client';

import { type Action, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { measured } from '../../lib/format/number.ts';
import { applyToCache } from '../../lib/live/apply-to-cache.ts';
import { ACTION_STATE_WORDS, ACTION_WORDS, overrideWords } from '../../lib/words/action.ts';
import { resultWords } from '../../lib/words/line-test.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Moment } from '../../ui/moment.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useRefusal } from '../session/index.ts';
import { ActionIcon } from './action-icon.tsx';
import { LineTestResult } from './line-test-result.tsx';
import { progressOf } from './progress.ts';
import { t } from '../../messages/actions.ts';

/** One action: what, how far, who asked, and what came out. */
export function ActionItem({ action, siteZone, showPort }: { action: Action; siteZone: string; showPort: boolean }) {
  const results = action.lineTest === null ? resultWords(action.result) : [];
  return (
    <li className="flex flex-col gap-1.5 px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ActionIcon type={action.type} className="size-4 text-ink-3" />
        <span className="font-medium">{ACTION_WORDS[action.type]}</span>
        {showPort && action.position !== null && (
          <Link href={`/gateways/${action.gatewayId}/ports/${action.position}`} className="text-ink-2 hover:underline">
            {t('portN', { position: action.position })}
          </Link>
        )}
        <State action={action} />
        {(action.state === 'queued' || action.state === 'sent') && <Cancel action={action} />}
      </div>
      {action.reason !== null && <p className="text-sm text-ink-2">{action.reason}</p>}
      {action.overrideReason !== null && (
        <p className="text-sm text-ink-2">
          {overrideWords(action)} <q className="text-ink">{action.overrideReason}</q>
        </p>
      )}
      {action.lineTest !== null && <LineTestResult result={action.lineTest} />}
      {results.length > 0 && (
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-1 rounded-md bg-sunken px-2.5 py-2 text-sm">
          {results.map(({ label, value, unit }) => (
            <div key={label}>
              <dt className="text-xs text-ink-3">{label}</dt>
              <dd>{typeof value === 'number' ? measured(value, unit) : value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-sm text-ink-3">
        {action.requestedBy}, <Moment at={action.requestedAt} siteZone={siteZone} />
      </p>
    </li>
  );
}

function State({ action }: { action: Action }) {
  const { done, of, end } = progressOf(action.state);
  const color = end === 'good' ? 'text-ok' : end === 'bad' ? 'text-major' : 'text-accent';
  return (
    <span role="status" className="inline-flex items-center gap-1.5 text-sm">
      {end === 'none' ? (
        <svg viewBox={`0 0 ${of * 7} 8`} aria-hidden="true" className={cx('h-2 w-7', color)}>
          {Array.from({ length: of }, (_, step) => (
            <rect
              key={step}
              x={step * 7}
              width="5.5"
              height="8"
              rx="1.5"
              fill="currentColor"
              opacity={step < done ? 1 : 0.22}
            />
          ))}
        </svg>
      ) : (
        <SeverityMark severity={end === 'good' ? 'ok' : 'major'} className="size-3.5" />
      )}
      <span className={cx(end === 'bad' ? 'font-medium text-major' : 'text-ink-2')}>
        {ACTION_STATE_WORDS[action.state]}
      </span>
    </span>
  );
}

function Cancel({ action }: { action: Action }) {
  const client = useQueryClient();
  const toast = useToast();
  const refusal = useRefusal('actions.cancel');
  const [pending, setPending] = useState(false);
  const cancel = async () => {
    setPending(true);
    try {
      const news = await call(endpoints.cancelAction, { params: { actionId: action.id } });
      applyToCache(client, { type: 'action', action: news }, () => undefined);
    } catch (error) {
      toast(t('actionNotCancelled'), tell(error).sentence);
    } finally {
      setPending(false);
    }
  };
  return (
    <span className="ml-auto">
      <Button size="sm" look="quiet" pending={pending} disabledReason={refusal} onClick={cancel}>
        {t('cancelAction')}
      </Button>
    </span>
  );
}
