import { z } from 'zod';

/** Instants are ISO 8601 in UTC; the console shows them in the site's or the viewer's zone. */
export const Instant = z.iso.datetime();
export const Id = z.uuid();

export const timeZone = z
  .string()
  .refine((zone) => isTimeZone(zone), { error: 'an IANA time zone such as Europe/London' });

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
