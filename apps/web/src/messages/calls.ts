import { translator } from '../lib/i18n/translator.ts';
import { calls } from './en/calls.ts';

export const t = translator({ en: calls });
