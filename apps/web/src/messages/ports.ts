import { translator } from '../lib/i18n/translator.ts';
import { ports } from './en/ports.ts';

export const t = translator({ en: ports });
