import type { DeliveryDetail } from '@loopstart/contracts';
import { measured } from '../../lib/format/number.ts';
import { Moment } from '../../ui/moment.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { answerWords } from './channel-words.ts';
import { t } from '../../messages/channels.ts';

/** Every try with what came back, newest first. */
export function AttemptList({ attempts }: { attempts: DeliveryDetail['attemptList'] }) {
  if (attempts.length === 0) return <p className="text-sm text-ink-3">{t('noAttemptYet')}</p>;
  return (
    <ol className="flex flex-col gap-2">
      {attempts.toReversed().map((attempt) => (
        <li key={attempt.number} className="rounded-md border border-line">
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2 text-sm">
            <span className="font-medium">
              <SeverityLabel severity={attempt.error === null ? 'ok' : 'major'}>{answerWords(attempt)}</SeverityLabel>
            </span>
            <span className="ml-auto text-ink-3">
              {t.rich('attemptTook', {
                number: attempt.number,
                measured: measured(attempt.durationMs, 'ms'),
                moment: <Moment at={attempt.at} siteZone={null} seconds />,
              })}
            </span>
          </div>
          {attempt.answer !== null && attempt.answer !== '' && (
            <ScrollBox
              label={t('responseToAttempt', { number: attempt.number })}
              className="max-h-40 border-t border-line bg-sunken"
            >
              <pre className="px-3 py-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap">{attempt.answer}</pre>
            </ScrollBox>
          )}
        </li>
      ))}
    </ol>
  );
}
