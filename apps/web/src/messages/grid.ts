import { translator } from '../lib/i18n/translator.ts';
import { grid } from './en/grid.ts';

export const t = translator({ en: grid });
