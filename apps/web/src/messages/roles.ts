import { translator } from '../lib/i18n/translator.ts';
import { roles } from './en/roles.ts';

export const t = translator({ en: roles });
