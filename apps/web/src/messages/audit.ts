import { translator } from '../lib/i18n/translator.ts';
import { audit } from './en/audit.ts';

export const t = translator({ en: audit });
