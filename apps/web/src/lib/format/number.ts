import { currentLocale, FORMAT_LOCALE } from '../i18n/locale.ts';

const LOCALE = FORMAT_LOCALE[currentLocale()];
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** A count with thousands separated: "12,480". */
export function count(value: number): string {
  return whole.format(value);
}

/** A count with its noun: "1 port", "24 ports". The plural adds an s unless given. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** A measurement at the precision its size deserves, with its unit: "48.2 V", "0.4 %", "120 ms". */
export function measured(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  const text = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: digits }).format(value);
  return unit === '' ? text : `${text} ${unit}`;
}

const STEPS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in decimal units: "820 B", "4.2 MB". */
export function bytes(value: number): string {
  let rest = Math.max(0, value);
  let step = 0;
  while (rest >= 1000 && step < STEPS.length - 1) {
    rest /= 1000;
    step += 1;
  }
  return measured(rest, STEPS[step]!);
}

/** Share of a whole in whole percent, but never 100 % while something is missing, nor 0 % while something is there. */
export function share(part: number, total: number): string {
  if (total === 0) return '—';
  const percent = (part / total) * 100;
  if (percent > 99 && part < total) return '99 %';
  if (percent < 1 && part > 0) return '1 %';
  return `${Math.round(percent)} %`;
}
