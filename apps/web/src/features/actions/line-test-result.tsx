import type { LineTestResult as Result } from '@loopstart/contracts';
import { measured } from '../../lib/format/number.ts';
import { LINE_TEST_VERDICT_WORDS } from '../../lib/words/line-test.ts';
import { cx } from '../../ui/cx.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { t } from '../../messages/actions.ts';

/** What a line test found: the verdict in a sentence, then each value with its unit and what would be normal. */
export function LineTestResult({ result }: { result: Result }) {
  const { label, severity } = LINE_TEST_VERDICT_WORDS[result.verdict];
  return (
    <div className="flex flex-col gap-1.5 rounded-md bg-sunken px-2.5 py-2 text-sm">
      <p className="flex items-start gap-1.5">
        <SeverityMark severity={severity} className="mt-0.5 size-3.5 shrink-0" />
        <span>
          <span className="font-medium">{label}.</span> {result.text}
        </span>
      </p>
      {result.values.length > 0 && (
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-1">
          {result.values.map(({ name, label: what, value, unit, normal, finding }) => (
            <div key={name}>
              <dt className="text-xs text-ink-3">{what}</dt>
              <dd className={cx(finding === 'abnormal' && 'font-medium text-major')}>
                {typeof value === 'number' ? measured(value, unit ?? '') : value}
                {normal !== null && (
                  <span className="block text-xs font-normal text-ink-3">
                    {finding === 'abnormal' ? t('notNormal', { normal }) : t('normal', { normal })}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
