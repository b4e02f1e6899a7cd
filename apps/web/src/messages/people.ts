import { translator } from '../lib/i18n/translator.ts';
import { people } from './en/people.ts';

export const t = translator({ en: people });
