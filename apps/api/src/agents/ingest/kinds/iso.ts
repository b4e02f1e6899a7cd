/** A time as text for a refusal. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
