'use client';

import Link from 'next/link';
import { useQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { Section } from '../../../ui/section.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure } from '../../../ui/state-panel.tsx';
import { JobState } from '../deployments/job-state.tsx';
import { gatewayJobsQuery } from '../queries.ts';
import { KeyChanges } from './key-changes.tsx';

const POLL_MS = 5000;

/** The newest deployments of one gateway, with what was found where one did not end well. */
export function GatewayJobs({ gatewayId }: { gatewayId: string }) {
  const jobs = useQuery({ ...gatewayJobsQuery(gatewayId), refetchInterval: POLL_MS });
  return (
    <Section title={t('deployments')}>
      {jobs.data === undefined ? (
        jobs.error === null ? (
          <Loading what={t('deploymentsLower')}>
            <Bone className="h-12 w-full" />
          </Loading>
        ) : (
          <Failure error={jobs.error} retry={jobs.refetch} />
        )
      ) : jobs.data.items.length === 0 ? (
        <p className="text-sm text-ink-2">{t('neverDeployed')}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {jobs.data.items.map((job) => (
            <li key={job.id}>
              <Link
                href={`/configuration/deployments/${job.deploymentId}`}
                className="text-sm underline underline-offset-2"
              >
                {t('revisionN', { number: job.revision })}
              </Link>
              <JobState job={job} />
              {job.differences.length > 0 && (
                <div className="mt-1">
                  <KeyChanges
                    total={job.differencesTotal}
                    keys={job.differences.map(({ key, expected, found, secret }) => ({
                      key,
                      before: expected,
                      after: found,
                      isSecret: secret,
                    }))}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
