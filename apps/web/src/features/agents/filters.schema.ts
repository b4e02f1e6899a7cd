import { AGENT_STATES } from '@loopstart/contracts';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';

export const AgentFilters = z.object({
  q: text,
  state: optional(z.enum(AGENT_STATES)),
  sort: optional(z.string().max(40)),
});
export type AgentFilters = z.output<typeof AgentFilters>;
