import { translator } from '../lib/i18n/translator.ts';
import { provider } from './en/provider.ts';

export const t = translator({ en: provider });
