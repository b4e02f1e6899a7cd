import { translator } from '../lib/i18n/translator.ts';
import { lines } from './en/lines.ts';

export const t = translator({ en: lines });
