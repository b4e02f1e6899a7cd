'use client';

import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonLook } from './button-class.ts';
import { cx } from './cx.ts';
import { Hint } from './hint.tsx';
import { t } from '../messages/common.ts';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'disabled'> {
  look?: ButtonLook;
  size?: 'md' | 'sm';
  icon?: ReactNode;
  /** Why it cannot be pressed now. It stays focusable, so that the reason can be read by everybody. */
  disabledReason?: string | null;
  /** Something is under way; pressing again does nothing. */
  pending?: boolean;
  wide?: boolean;
}

export function Button({ look = 'plain', size, icon, disabledReason, pending, wide, children, ...rest }: ButtonProps) {
  const blocked = pending === true || (disabledReason ?? null) !== null;
  const button = (
    <button
      type="button"
      {...rest}
      aria-disabled={blocked || undefined}
      aria-busy={pending || undefined}
      onClick={blocked ? (event) => event.preventDefault() : rest.onClick}
      className={cx(buttonClass(look, size), wide && 'w-full')}
    >
      {icon}
      {children}
      {disabledReason && <span className="sr-only">{t('notPossibleNow', { reason: disabledReason })}</span>}
    </button>
  );
  return disabledReason ? <Hint text={disabledReason}>{button}</Hint> : button;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children' | 'aria-label'> {
  label: string;
  icon: ReactNode;
  size?: 'md' | 'sm';
}

/** A button that shows only an icon; its label is read out and shown as a hint. */
export function IconButton({ label, icon, size = 'md', ...rest }: IconButtonProps) {
  return (
    <Hint text={label}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cx(
          'inline-grid shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink',
          size === 'md' ? 'size-9' : 'size-7',
        )}
      >
        {icon}
      </button>
    </Hint>
  );
}

/** A link that looks like a button, because it goes somewhere. */
export function ButtonLink(props: { href: string; look?: ButtonLook; icon?: ReactNode; children: ReactNode }) {
  return (
    <Link href={props.href} className={buttonClass(props.look ?? 'plain')}>
      {props.icon}
      {props.children}
    </Link>
  );
}
