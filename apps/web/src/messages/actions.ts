import { translator } from '../lib/i18n/translator.ts';
import { actions } from './en/actions.ts';

export const t = translator({ en: actions });
