'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from './cx.ts';

function intoSight(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

interface SubNavItem {
  href: string;
  label: string;
  /** It leads to one page, and is not current on the pages whose address begins with it. */
  exact?: boolean;
}

/** The pages of one part of the console, as a row of links. On a phone the row scrolls by itself. */
export function SubNav(props: { label: string; items: readonly SubNavItem[] }) {
  const pathname = usePathname() ?? '/';
  return (
    <nav aria-label={props.label} className="-mx-4 -mt-2 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex w-max min-w-full gap-1 border-b border-line">
        {props.items.map(({ href, label, exact = false }) => {
          const current = pathname === href || (!exact && pathname.startsWith(`${href}/`));
          return (
            <li key={href}>
              <Link
                href={href}
                ref={current ? intoSight : undefined}
                aria-current={current ? (pathname === href ? 'page' : 'true') : undefined}
                className={cx(
                  '-mb-px flex h-10 items-center border-b-2 px-3 whitespace-nowrap -outline-offset-2',
                  current
                    ? 'border-accent font-semibold text-ink'
                    : 'border-transparent text-ink-2 hover:border-edge hover:text-ink',
                )}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
