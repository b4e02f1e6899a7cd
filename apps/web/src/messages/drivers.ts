import { translator } from '../lib/i18n/translator.ts';
import { drivers } from './en/drivers.ts';

export const t = translator({ en: drivers });
