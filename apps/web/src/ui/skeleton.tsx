import { cx } from './cx.ts';
import { t } from '../messages/common.ts';

/** A grey bar where text will be. Give it the size of that text. */
export function Bone({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={cx('block animate-shimmer rounded-sm bg-line', className ?? 'h-4 w-24')} />
  );
}

/** Wraps a skeleton: says once that something is being loaded, hides the bars. */
export function Loading({
  what,
  children,
  className,
}: {
  what: string;
  children: React.ReactNode;
  className?: string;
}) {
  return (
    <div className={className} aria-busy="true">
      <p className="sr-only" role="status">
        {t('loading', { what })}
      </p>
      <div aria-hidden="true" className="contents">
        {children}
      </div>
    </div>
  );
}
