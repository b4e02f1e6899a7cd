import { translator } from '../lib/i18n/translator.ts';
import { configurationCsv } from './en/configuration-csv.ts';

export const t = translator({ en: configurationCsv });
