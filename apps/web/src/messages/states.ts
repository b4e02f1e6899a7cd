import { translator } from '../lib/i18n/translator.ts';
import { states } from './en/states.ts';

export const t = translator({ en: states });
