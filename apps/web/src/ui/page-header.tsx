import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { t } from '../messages/common.ts';

export interface Crumb {
  href: string;
  label: string;
}

/** Where one is, what this is, what can be done with it. */
export function PageHeader(props: {
  crumbs?: readonly Crumb[];
  title: ReactNode;
  /** Beside the title: state in words. */
  state?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0">
        {props.crumbs !== undefined && (
          <nav aria-label={t('breadcrumb')} className="mb-1">
            <ol className="flex flex-wrap items-center gap-x-1 text-sm text-ink-2">
              {props.crumbs.map((crumb, index) => (
                <Fragment key={crumb.href}>
                  {index > 0 && (
                    <li aria-hidden="true">
                      <ChevronRight className="size-3.5 text-ink-3" />
                    </li>
                  )}
                  <li>
                    <Link
                      href={crumb.href}
                      className="-mx-1 inline-flex min-h-6 items-center rounded-sm px-1 hover:text-ink hover:underline"
                    >
                      {crumb.label}
                    </Link>
                  </li>
                </Fragment>
              ))}
            </ol>
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="wrap-anywhere text-xl font-semibold tracking-tight">{props.title}</h1>
          {props.state}
        </div>
        {props.description !== undefined && <div className="mt-0.5 text-sm text-ink-2">{props.description}</div>}
      </div>
      {props.actions !== undefined && <div className="flex flex-wrap gap-2">{props.actions}</div>}
    </header>
  );
}
