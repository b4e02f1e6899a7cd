import { LINE_DEVICE_CLASSES, PORT_KINDS, SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { optional, text } from '../../lib/url/filters.ts';
import { SEVERITY_SET_NAMES } from '../../lib/words/line-counts.ts';

export const PortFilters = z.object({
  q: text,
  customerId: optional(z.uuid()),
  siteId: optional(z.uuid()),
  lineDeviceClass: optional(z.enum(LINE_DEVICE_CLASSES)),
  severity: optional(z.enum([...SEVERITY_SET_NAMES, ...SEVERITIES])),
  kind: optional(z.enum(PORT_KINDS)),
  sort: optional(z.string().max(40)),
});
export type PortFilters = z.output<typeof PortFilters>;
