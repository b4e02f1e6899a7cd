import { translator } from '../lib/i18n/translator.ts';
import { schedules } from './en/schedules.ts';

export const t = translator({ en: schedules });
