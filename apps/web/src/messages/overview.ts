import { translator } from '../lib/i18n/translator.ts';
import { overview } from './en/overview.ts';

export const t = translator({ en: overview });
