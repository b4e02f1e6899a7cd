import { translator } from '../lib/i18n/translator.ts';
import { configuration } from './en/configuration.ts';

export const t = translator({ en: configuration });
