import { translator } from '../lib/i18n/translator.ts';
import { sites } from './en/sites.ts';

export const t = translator({ en: sites });
