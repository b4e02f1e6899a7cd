import { translator } from '../lib/i18n/translator.ts';
import { settings } from './en/settings.ts';

export const t = translator({ en: settings });
