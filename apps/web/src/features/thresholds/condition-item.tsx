'use client';

import type { ConditionView } from '@loopstart/contracts';
import { ChevronDown, Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { SEVERITY_WORDS } from '../../lib/words/port.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Facts } from '../../ui/facts.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Tag } from '../../ui/tag.tsx';
import { SettingList } from './setting-list.tsx';
import { ThresholdDialog } from './threshold-dialog.tsx';
import { changedWords, type Setting, valueWords } from './threshold-words.ts';
import { t } from '../../messages/thresholds.ts';

/** One condition: a line that opens into its thresholds and what differs from the default. */
export function ConditionItem({ condition, refusal }: { condition: ConditionView; refusal: string | null }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [edited, setEdited] = useState<Setting | 'new' | null>(null);
  const changed = changedWords(condition.settings);
  return (
    <li className="border-t border-line first:border-t-0">
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="flex min-h-11 w-full items-center gap-2.5 px-4 py-2 text-left -outline-offset-2 hover:bg-hover"
        >
          <SeverityMark severity={condition.severity} />
          <span className="min-w-0 flex-1">
            <span className="font-medium">{condition.title}</span>
            <span className="sr-only">, {SEVERITY_WORDS[condition.severity]}</span>
          </span>
          {condition.withoutSource !== null ? (
            <Tag tone="unknown">{t('noSourceYet')}</Tag>
          ) : changed === null ? (
            <span className="text-sm text-ink-3">{t('default')}</span>
          ) : (
            <Tag tone={changed === 'Not watched' ? 'unknown' : 'accent'}>{changed}</Tag>
          )}
          <ChevronDown
            aria-hidden="true"
            className={cx('size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-180')}
          />
        </button>
      </h3>
      {open && (
        <div id={id} className="flex flex-col gap-4 px-4 pt-1 pb-4 sm:pl-10.5">
          <p className="max-w-prose text-ink-2">{condition.means}</p>
          {condition.withoutSource !== null && <p className="max-w-prose">{condition.withoutSource}</p>}
          {condition.parameters.length > 0 && (
            <div>
              <h4 className="mb-1.5 text-sm font-semibold">{t('default')}</h4>
              <Facts
                columns={3}
                items={condition.parameters.map(
                  ({ label, unit, default: value }) => [label, valueWords(value, unit)] as const,
                )}
              />
            </div>
          )}
          <SettingList condition={condition} refusal={refusal} onEdit={setEdited} />
          <div>
            <Button
              size="sm"
              disabledReason={condition.withoutSource ?? refusal}
              onClick={() => setEdited('new')}
              icon={<Plus aria-hidden="true" className="size-3.5" />}
            >
              {t('setAThreshold')}
            </Button>
          </div>
        </div>
      )}
      {edited !== null && (
        <ThresholdDialog
          condition={condition}
          setting={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </li>
  );
}
