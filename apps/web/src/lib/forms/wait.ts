/** A length of time as people write it: a number and a unit. */
export const WAIT_UNITS = ['minutes', 'hours', 'days'] as const;
export type WaitUnit = (typeof WAIT_UNITS)[number];
const UNIT_MINUTES: Record<WaitUnit, number> = { minutes: 1, hours: 60, days: 1440 };

/** Minutes in the largest unit that holds them whole. */
export function waitOf(minutes: number): { wait: string; unit: WaitUnit } {
  const unit = minutes === 0 ? 'minutes' : minutes % 1440 === 0 ? 'days' : minutes % 60 === 0 ? 'hours' : 'minutes';
  return { wait: String(minutes / UNIT_MINUTES[unit]), unit };
}

/** Whole minutes; NaN where no number was written. */
export function minutesOf(wait: string, unit: WaitUnit): number {
  return Math.round(numberOf(wait) * UNIT_MINUTES[unit]);
}

/** An empty or unreadable number becomes NaN, which schemas refuse. People write decimals with a comma too. */
export function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
}
