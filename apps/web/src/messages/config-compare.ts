import { translator } from '../lib/i18n/translator.ts';
import { configCompare } from './en/config-compare.ts';

export const t = translator({ en: configCompare });
