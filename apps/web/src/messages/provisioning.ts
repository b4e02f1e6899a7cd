import { translator } from '../lib/i18n/translator.ts';
import { provisioning } from './en/provisioning.ts';

export const t = translator({ en: provisioning });
