import { translator } from '../lib/i18n/translator.ts';
import { matching } from './en/matching.ts';

export const t = translator({ en: matching });
