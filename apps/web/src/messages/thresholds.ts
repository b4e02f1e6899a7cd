import { translator } from '../lib/i18n/translator.ts';
import { thresholds } from './en/thresholds.ts';

export const t = translator({ en: thresholds });
