import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';

export const CustomerFilters = z.object({ q: text, sort: optional(z.string().max(40)) });
