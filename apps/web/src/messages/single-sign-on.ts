import { translator } from '../lib/i18n/translator.ts';
import { singleSignOn } from './en/single-sign-on.ts';

export const t = translator({ en: singleSignOn });
