'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from '../../ui/cx.ts';
import { ReturnsCount } from '../agents/index.ts';
import { OpenCount } from '../alerts/index.ts';
import { isCurrent, NAVIGATION } from './navigation.ts';

export function NavList({ onFollow }: { onFollow?: () => void }) {
  const pathname = usePathname() ?? '/';
  return NAVIGATION.map((group, index) => (
    <ul key={index} className={cx('flex flex-col gap-px', index > 0 && 'mt-4 border-t border-line pt-4')}>
      {group.map(({ href, label, icon: Icon, counts }) => {
        const current = isCurrent(href, pathname);
        return (
          <li key={href}>
            <Link
              href={href}
              onClick={onFollow}
              aria-current={current ? (pathname === href ? 'page' : 'true') : undefined}
              className={cx(
                'flex h-9 items-center gap-2.5 rounded-md px-2.5 lg:h-8',
                current ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
              )}
            >
              <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={current ? 2.25 : 1.75} />
              {label}
              {counts === 'open-incidents' && <OpenCount />}
              {counts === 'agents-asking' && <ReturnsCount />}
            </Link>
          </li>
        );
      })}
    </ul>
  ));
}
