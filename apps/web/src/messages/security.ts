import { translator } from '../lib/i18n/translator.ts';
import { security } from './en/security.ts';

export const t = translator({ en: security });
