import { translator } from '../lib/i18n/translator.ts';
import { configurationImport } from './en/configuration-import.ts';

export const t = translator({ en: configurationImport });
