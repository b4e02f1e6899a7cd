import { translator } from '../lib/i18n/translator.ts';
import { channels } from './en/channels.ts';

export const t = translator({ en: channels });
