import { translator } from '../lib/i18n/translator.ts';
import { settingWords } from './en/setting-words.ts';

export const t = translator({ en: settingWords });
