import { translator } from '../lib/i18n/translator.ts';
import { maintenance } from './en/maintenance.ts';

export const t = translator({ en: maintenance });
