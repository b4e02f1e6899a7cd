import { translator } from '../lib/i18n/translator.ts';
import { configLines } from './en/config-lines.ts';

export const t = translator({ en: configLines });
