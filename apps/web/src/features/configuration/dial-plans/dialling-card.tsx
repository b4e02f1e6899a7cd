import type { ConfigDialling } from '@loopstart/contracts';
import type { ReactNode } from 'react';
import { t } from '../../../messages/dial-plans.ts';
import { Facts } from '../../../ui/facts.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';

export type Answer = NonNullable<ConfigDialling['plan']>;
type Reading = ConfigDialling['readings'][number];

const MS_PER_S = 1000;

/** What becomes of keys: what is sent, by which rule, after how long. */
export function DiallingCard(props: {
  title: string;
  dialled: string;
  answer: Answer;
  /** Of a gateway: the row of its map, and in what it differs from the plan. */
  reading?: Pick<Reading, 'line' | 'text' | 'differs'>;
  plan?: Answer;
  children?: ReactNode;
}) {
  const { title, dialled, answer, reading, children } = props;
  const { rule, afterMs, keysUsed } = answer;
  const { line = null, text = null, differs = [] } = reading ?? {};
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2 rounded-md border border-line p-3">
      <h3 className="text-sm font-medium text-ink-2">{title}</h3>
      <Outcome answer={answer} />
      <Facts
        items={[
          [t('decides'), rule ?? t('noRule')],
          [t('after'), afterMs === 0 ? t('atOnce') : t('afterSeconds', { seconds: afterMs / MS_PER_S })],
          [t('keys'), t('keysOf', { used: keysUsed, dialled: dialled.length })],
          ...(line === null
            ? []
            : [
                [
                  t('mapRow'),
                  t.rich('mapRowOf', { line, text: <code className="font-mono text-xs wrap-anywhere">{text}</code> }),
                ] as const,
              ]),
        ]}
      />
      {reading !== undefined && <Differs differs={differs} longerMs={afterMs - (props.plan?.afterMs ?? afterMs)} />}
      {children}
    </section>
  );
}

function Outcome({ answer: { number, refusal } }: { answer: Answer }) {
  if (number !== null)
    return (
      <SeverityLabel severity="ok">
        <span className="font-medium text-ink">{t('sends', { number })}</span>
      </SeverityLabel>
    );
  if (refusal === 'barred') return <SeverityLabel severity="major">{t('bars')}</SeverityLabel>;
  return (
    <SeverityLabel severity="minor">
      <span className="block">{t('rejects')}</span>
      <span className="block text-sm font-normal text-ink-2">{t.group('refusals')[refusal ?? 'no-rule']}</span>
    </SeverityLabel>
  );
}

/** `longerMs`: how much longer than by the plan it waits. */
function Differs({ differs, longerMs }: { differs: Reading['differs']; longerMs: number }) {
  if (differs.length === 0) return <p className="text-sm text-ink-3">{t('same')}</p>;
  // Waiting longer is a difference, and a call that gets out is none to be alarmed by.
  const isWait = differs.every((one) => one === 'wait');
  return (
    <SeverityLabel severity={isWait ? 'minor' : 'major'} className="text-sm">
      {t('differsFrom', {
        what: differs.map((one) => (one === 'wait' ? waitWords(longerMs) : t.group('differs')[one])).join(', '),
      })}
    </SeverityLabel>
  );
}

const waitWords = (longerMs: number): string =>
  t(longerMs > 0 ? 'waitsLonger' : 'waitsShorter', { seconds: Math.abs(longerMs) / MS_PER_S });
