import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;

beforeAll(async () => {
  api = await startApp();
  oak = await api.operator('Oak');
  elm = await api.operator('Elm');
});
afterAll(() => api.close());

const entries = async () =>
  (await oak.admin(endpoints.listAudit, { query: { subjectType: ['organisation'] } })).items.map(
    ({ change, before, subject }) => ({ change, before, name: subject.name, exists: subject.exists }),
  );

describe('the organisation', () => {
  test('is the one of the caller, for every role', async () => {
    expect((await oak.viewer(endpoints.getOrganisation)).name).toBe('Oak');
    expect((await elm.admin(endpoints.getOrganisation)).name).toBe('Elm');
  });

  test('is renamed for everybody in it, and for nobody else, with what it was called before', async () => {
    const renamed = await oak.admin(endpoints.updateOrganisation, { body: { name: '  Oak Voice ' } });
    expect(renamed).toEqual(await oak.viewer(endpoints.getOrganisation));
    expect(renamed.name).toBe('Oak Voice');
    expect((await oak.viewer(endpoints.getSession)).operator.name).toBe('Oak Voice');
    expect((await elm.admin(endpoints.getOrganisation)).name).toBe('Elm');
    const entry = { change: { name: 'Oak Voice' }, before: { name: 'Oak' }, name: 'Oak Voice', exists: true };
    expect(await entries()).toEqual([entry]);
    await oak.admin(endpoints.updateOrganisation, { body: { name: 'Oak Voice' } });
    expect(await entries(), 'the same name is no change').toEqual([entry]);
  });

  test('is not renamed without the right, and not to nothing', async () => {
    expect(await problemOf(oak.viewer(endpoints.updateOrganisation, { body: { name: 'Ash' } }))).toMatchObject({
      status: 403,
    });
    const technician = await api.member(oak.operatorId, 'technician');
    expect(await problemOf(technician(endpoints.updateOrganisation, { body: { name: 'Ash' } }))).toMatchObject({
      status: 403,
    });
    const empty = await problemOf(oak.admin(endpoints.updateOrganisation, { body: { name: ' ' } }));
    expect(empty).toMatchObject({ status: 400 });
    expect(JSON.stringify(empty)).toContain('name');
    expect((await oak.viewer(endpoints.getOrganisation)).name).toBe('Oak Voice');
  });
});
