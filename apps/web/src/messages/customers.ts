import { translator } from '../lib/i18n/translator.ts';
import { customers } from './en/customers.ts';

export const t = translator({ en: customers });
