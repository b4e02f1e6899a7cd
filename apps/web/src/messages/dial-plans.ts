import { translator } from '../lib/i18n/translator.ts';
import { dialPlans } from './en/dial-plans.ts';

export const t = translator({ en: dialPlans });
