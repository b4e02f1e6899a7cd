import { translator } from '../lib/i18n/translator.ts';
import { factors } from './en/factors.ts';

export const t = translator({ en: factors });
