'use client';

import { endpoints, type Organisation } from '@loopstart/contracts';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { t } from '../../messages/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { TextField } from '../../ui/field.tsx';
import { Moment } from '../../ui/moment.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure, FailureNote } from '../../ui/state-panel.tsx';
import { useRefusal } from '../session/index.ts';
import { organisationQuery } from './queries.ts';

/** Settings → Organisation: what it is called. */
export function OrganisationPage() {
  const { data, error, refetch } = useQuery(organisationQuery());
  return (
    <>
      <PageHeader title={t('organisation')} description={t('organisationAbout')} />
      {data === undefined ? (
        error === null ? (
          <Loading what={t('organisationLower')}>
            <Bone className="h-48 w-full" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : (
        <Section title={data.name}>
          <NameForm organisation={data} />
        </Section>
      )}
    </>
  );
}

function NameForm({ organisation }: { organisation: Organisation }) {
  const refusal = useRefusal('organisation.write');
  const [name, setName] = useState(organisation.name);
  const form = useSubmit(endpoints.updateOrganisation.body, async (body) => {
    await call(endpoints.updateOrganisation, { body });
    // The name stands in every part of the page.
    window.location.reload();
    await new Promise(() => undefined);
  });
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal === null) void form.submit({ name });
      }}
    >
      {form.failure !== null && <FailureNote told={form.failure} />}
      <TextField
        label={t('name')}
        name="name"
        autoComplete="organization"
        readOnly={refusal !== null}
        value={name}
        error={form.errors['name']}
        onChange={(event) => setName(event.target.value)}
      />
      <Facts columns={1} items={[[t('since'), <Moment key="since" at={organisation.createdAt} siteZone={null} />]]} />
      <div>
        <Button look="primary" type="submit" pending={form.pending} disabledReason={refusal}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
