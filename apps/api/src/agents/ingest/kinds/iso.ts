/** A time in words of a refusal. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
