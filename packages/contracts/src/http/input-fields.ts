import { z } from 'zod';
import { Touched } from './problem.ts';

/** A name that a person enters. */
export const name = z.string().trim().min(1).max(120);
/** An address that is sent to. Which ones may be, the egress rules of the API say. */
export const httpsUrl = z.url({ protocol: /^https?$/ }).max(2000);
/** An e-mail address; its case means nothing to us (RFC 5321 leaves the left part to its host, and no host of ours differs). */
export const EmailAddress = z.string().trim().toLowerCase().max(320).pipe(z.email('an e-mail address'));
/** A reason that a person enters. */
export const reason = z.string().trim().min(1).max(500);
export const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a local time such as 08:30' });
/** ISO 8601: Monday is 1, Sunday is 7. */
export const Weekday = z.int().min(1).max(7);
/** States how many lines an act reaches: needed from 50 lines on, and compared with what it reaches now. */
export const confirm = Touched.optional();

/** A code of an authenticator app. The space that some apps show in the middle is left out. */
export const TotpCode = z
  .string()
  .regex(/^\d{3} ?\d{3}$/, { error: 'six digits' })
  .transform((text) => text.replace(' ', ''));
