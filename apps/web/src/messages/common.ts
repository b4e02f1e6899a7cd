import { translator } from '../lib/i18n/translator.ts';
import { common } from './en/common.ts';

export const t = translator({ en: common });
