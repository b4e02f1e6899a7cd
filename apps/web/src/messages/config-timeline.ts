import { translator } from '../lib/i18n/translator.ts';
import { configTimeline } from './en/config-timeline.ts';

export const t = translator({ en: configTimeline });
