import { translator } from '../lib/i18n/translator.ts';
import { gateways } from './en/gateways.ts';

export const t = translator({ en: gateways });
