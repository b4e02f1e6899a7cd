import { translator } from '../lib/i18n/translator.ts';
import { shell } from './en/shell.ts';

export const t = translator({ en: shell });
