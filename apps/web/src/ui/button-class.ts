import { cx } from './cx.ts';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong border-transparent',
  plain:
    'bg-surface text-ink border-line hover:bg-hover shadow-[0_1px_1px_light-dark(oklch(0.3_0.02_245/0.05),transparent)]',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-surface text-critical border-critical-line hover:bg-critical-soft',
};

/** The look of everything that is pressed. */
export function buttonClass(look: ButtonLook, size: 'md' | 'sm' = 'md'): string {
  return cx(
    'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium select-none transition-colors duration-100',
    'aria-disabled:opacity-55 disabled:opacity-55',
    size === 'md' ? 'h-9 px-3 text-base' : 'h-7 px-2.5 text-sm',
    LOOKS[look],
  );
}
