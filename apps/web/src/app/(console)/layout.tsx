import { ApiError, endpoints, type User } from '@loopstart/contracts';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Suspended } from '../../features/provider/index.ts';
import { EntryFrame } from '../../features/entry/index.ts';
import { EnrolFirst } from '../../features/factors/index.ts';
import { signInPath, UserProvider } from '../../features/session/index.ts';
import { Shell, Unreachable } from '../../features/shell/index.ts';
import type { ResponseOf } from '../../lib/api/query.ts';
import { serverCall } from '../../lib/api/server.ts';
import { t } from '../../messages/factors.ts';

/** Everything behind sign-in. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [user, counts] = await Promise.all([whoIsSignedIn(), openIncidents()]);
  if (user === 'nobody') redirect(signInPath((await headers()).get('x-console-path') ?? '/'));
  if (user === 'unreachable') return <Unreachable />;
  if (user.mustEnrol)
    return (
      <EntryFrame title={t('enrolTitle')}>
        <EnrolFirst operator={user.operator.name} />
      </EntryFrame>
    );
  return (
    <UserProvider user={user}>
      {user.suspension !== null && !user.provider ? (
        <Suspended user={user} />
      ) : (
        <Shell counts={counts}>{children}</Shell>
      )}
    </UserProvider>
  );
}

async function whoIsSignedIn(): Promise<User | 'nobody' | 'unreachable'> {
  const call = await serverCall();
  try {
    return await call(endpoints.getSession);
  } catch (error) {
    return error instanceof ApiError && error.problem.status === 401 ? 'nobody' : 'unreachable';
  }
}

/** For the first paint of the navigation; the browser asks by itself where it is missing. */
async function openIncidents(): Promise<ResponseOf<'getIncidentCounts'> | null> {
  const call = await serverCall();
  return call(endpoints.getIncidentCounts).catch(() => null);
}
