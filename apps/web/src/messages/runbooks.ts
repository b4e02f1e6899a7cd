import { translator } from '../lib/i18n/translator.ts';
import { runbooks } from './en/runbooks.ts';

export const t = translator({ en: runbooks });
