/** The pause that a Retry-After header asks for (RFC 9110, section 10.2.3: seconds or a date) in ms; null where there is none or it is in the past. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // A date has a weekday and a month in it; what Date.parse also takes is none here.
  const at = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || at <= now ? null : at - now;
}
