import type { Event } from '@loopstart/contracts';
import { t } from '../../messages/states.ts';

type Kind = Event['kind'];

export const EVENT_KIND_WORDS: Record<Kind, string> = t.group('eventKind');

export const EVENT_SOURCE_WORDS: Record<Event['source'], string> = t.group('eventSource');

export const EVENT_SEVERITY_WORDS: Record<Event['severity'], string> = t.group('eventSeverity');
