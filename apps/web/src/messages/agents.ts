import { translator } from '../lib/i18n/translator.ts';
import { agents } from './en/agents.ts';

export const t = translator({ en: agents });
