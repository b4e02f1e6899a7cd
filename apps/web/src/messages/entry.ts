import { translator } from '../lib/i18n/translator.ts';
import { entry } from './en/entry.ts';

export const t = translator({ en: entry });
