import { translator } from '../lib/i18n/translator.ts';
import { library } from './en/library.ts';

export const t = translator({ en: library });
