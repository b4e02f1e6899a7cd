import { translator } from '../lib/i18n/translator.ts';
import { incidents } from './en/incidents.ts';

export const t = translator({ en: incidents });
