import { translator } from '../lib/i18n/translator.ts';
import { events } from './en/events.ts';

export const t = translator({ en: events });
