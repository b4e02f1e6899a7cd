import type { Policy } from '@loopstart/contracts';
import Link from 'next/link';
import { Banner } from '../../ui/banner.tsx';
import { Moment } from '../../ui/moment.tsx';
import { reachTitle, remedy } from './reach.ts';
import { t } from '../../messages/policies.ts';

/** In red: why a policy does not reach whom it should, and where to put it right. */
export function ReachNote({ reach }: { reach: Policy['reach'] }) {
  const found = reachTitle(reach);
  if (found === null) return null;
  const places = [...new Map(reach.problems.map(({ code }) => [remedy(code).href, remedy(code).label])).entries()];
  return (
    <Banner tone={found.tone} title={found.title}>
      <ul>
        {reach.problems.map(({ text, at }) => (
          <li key={text}>
            {text}
            {at !== null && <>{t.rich('firstAt', { moment: <Moment at={at} siteZone={null} /> })}</>}
          </li>
        ))}
      </ul>
      <p className="mt-1 flex flex-wrap gap-x-4">
        {places.map(([href, label]) => (
          <Link key={href} href={href} className="inline-flex min-h-6 items-center font-medium text-accent underline">
            {label}
          </Link>
        ))}
      </p>
    </Banner>
  );
}
