import { translator } from '../lib/i18n/translator.ts';
import { policies } from './en/policies.ts';

export const t = translator({ en: policies });
