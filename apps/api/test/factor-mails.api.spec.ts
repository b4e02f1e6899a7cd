import { endpoints } from '@loopstart/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from './app.ts';
import { Authenticator } from './authenticator.ts';
import { cookieBrowser } from './cookie-browser.ts';
import { startMailServer } from './mailbox.ts';
import { codeOf } from './totp.ts';

let mail: Awaited<ReturnType<typeof startMailServer>>;
let api: TestApp;

beforeAll(async () => {
  mail = await startMailServer();
  api = await startApp({ env: { SMTP_URL: mail.url } });
});
afterAll(async () => {
  await api.close();
  await mail.stop();
});

test('a person is told of each change of their second factors, and of a recovery code that was used', async () => {
  const texts: string[] = [];
  const told = async (to: string, matching: RegExp) => texts.push((await mail.next(to, matching)).text);
  const { technician: person } = await api.operator('Oak');
  const { email } = await person(endpoints.getSession);
  const app = await person(endpoints.beginTotp, { body: { name: 'Phone' } });
  const shown = { params: { factorId: app.id }, body: { code: codeOf(app.key) } };
  const { recoveryCodes } = await person(endpoints.confirmTotp, shown);
  await told(email, /“Phone” was added/u);

  const credential = new Authenticator().make(await person(endpoints.beginPasskey));
  const { id } = await person(endpoints.addPasskey, { body: { name: 'Laptop', credential } });
  await told(email, /“Laptop” was added/u);

  const browser = cookieBrowser(api.url);
  await browser.send(endpoints.signIn.path, { email, password: 'correct horse battery' });
  const step = (code: string) => browser.send(endpoints.takeSecondStep.path, { step: 'recovery-code', code });
  expect((await step('wrong')).status).toBe(400);
  expect((await step(recoveryCodes![0]!)).status).toBe(201);
  await told(email, /Codes that are left: 9\./u);

  await person(endpoints.renewRecoveryCodes);
  await told(email, /new recovery codes were made/u);
  await person(endpoints.removeOwnFactor, { params: { factorId: id } });
  await told(email, /“Laptop” was removed/u);
  // Of nothing else: a wrong code, a sign-in.
  expect(mail.mails.filter(({ to }) => to.includes(email))).toEqual([]);
  expect(texts).toHaveLength(5);
  for (const secret of [app.key, ...recoveryCodes!]) expect(texts.join()).not.toContain(secret);
});
