/** The pause of a Retry-After header (RFC 9110, section 10.2.3: seconds or a date) in ms; null where there is none or it is in the past. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // An HTTP date names weekday and month; other forms that Date.parse accepts are not one.
  const at = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || at <= now ? null : at - now;
}
