import { translator } from '../lib/i18n/translator.ts';
import { session } from './en/session.ts';

export const t = translator({ en: session });
