import { translator } from '../lib/i18n/translator.ts';
import { auditStreams } from './en/audit-streams.ts';

export const t = translator({ en: auditStreams });
