import { translator } from '../lib/i18n/translator.ts';
import { alerts } from './en/alerts.ts';

export const t = translator({ en: alerts });
