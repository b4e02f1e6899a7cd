import { translator } from '../lib/i18n/translator.ts';
import { measurements } from './en/measurements.ts';

export const t = translator({ en: measurements });
