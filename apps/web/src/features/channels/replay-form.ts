import type { endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { instantOfLocal } from '../../lib/forms/local-moment.ts';
import { t } from '../../messages/channels.ts';

export interface ReplayDraft {
  which: 'failed' | 'all';
  /** Local date and time; empty is open. */
  from: string;
  to: string;
}

/** What is sent for a draft; times are those of the zone. A time that is none becomes a text that the schema refuses. */
export function replayInput(draft: ReplayDraft, zone: string): z.input<typeof endpoints.replayDeliveries.body> {
  return { which: draft.which, ...instant('from', draft.from, zone), ...instant('to', draft.to, zone) };
}

/** Everything ever sent is never meant: sending all again needs a beginning. */
export function checkReplay(input: { which: string; from?: string | undefined; to?: string | undefined }): FieldErrors {
  if (input.which === 'all' && input.from === undefined) return { from: t('enterTheBeginning') };
  if (input.from !== undefined && input.to !== undefined && Date.parse(input.from) >= Date.parse(input.to))
    return { to: t('endBeforeBeginning') };
  return {};
}

function instant<K extends string>(key: K, text: string, zone: string): Partial<Record<K, string>> {
  if (text === '') return {};
  return { [key]: instantOfLocal(text, zone) ?? text } as Record<K, string>;
}
