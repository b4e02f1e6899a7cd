import { translator } from '../lib/i18n/translator.ts';
import { tokens } from './en/tokens.ts';

export const t = translator({ en: tokens });
