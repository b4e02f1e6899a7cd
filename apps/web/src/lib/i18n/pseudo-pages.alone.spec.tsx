import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { User } from '@loopstart/contracts';
import { CONDITIONS, PERMISSIONS } from '@loopstart/domain';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';

vi.hoisted(() => (process.env['LOOPSTART_LOCALE'] = 'en-XA'));

vi.mock('next/navigation', () => ({
  usePathname: () => '/',
  useRouter: () => ({ push: () => undefined, replace: () => undefined, prefetch: () => undefined }),
  useSearchParams: () => new URLSearchParams(),
}));

const USER = {
  id: '0190a5c0-0000-7000-8000-000000000001',
  name: '·',
  email: '·',
  role: 'owner',
  roleTitle: '·',
  permissions: Object.keys(PERMISSIONS),
  maxLinesAtOnce: null,
  limitedTo: null,
  timeZone: null,
  operator: { id: '0190a5c0-0000-7000-8000-000000000002', name: '·' },
  provider: true,
  suspension: null,
} as unknown as User;

const PREFERENCES = { theme: 'system', zone: 'site', shortcuts: 'on', notify: 'off', myZone: '' } as const;

/** Texts of the API's own language: conditions are named by the domain, in the console as in every message. */
const OF_THE_DOMAIN = new Set(Object.values(CONDITIONS).map(({ title }) => title));

/** What `Intl` formats by the locale of dates, which stays English in the pseudo-locale, and a text that names a zone. */
const OF_INTL = new Set(['November 2026', 'UTC', 'Ṁý ţíɱé žóñé (UTC)']);

async function rendered(page: ReactNode): Promise<string> {
  const { PreferencesProvider } = await import('../preferences/preferences.tsx');
  const { ClockProvider } = await import('../clock/now.tsx');
  const { AnnouncerProvider } = await import('../announce/announcer.tsx');
  const { ToastProvider } = await import('../../ui/toast.tsx');
  const { UserProvider } = await import('../../features/session/index.ts');
  return renderToString(
    <PreferencesProvider initial={PREFERENCES}>
      <ClockProvider renderedAtMs={Date.UTC(2026, 10, 23)}>
        <AnnouncerProvider>
          <ToastProvider>
            <UserProvider user={USER}>
              <QueryClientProvider client={new QueryClient()}>
                <Tooltip.Provider>{page}</Tooltip.Provider>
              </QueryClientProvider>
            </UserProvider>
          </ToastProvider>
        </AnnouncerProvider>
      </ClockProvider>
    </PreferencesProvider>,
  );
}

/** What people read or hear of a page: text between tags, and the attributes that hold text. */
function textsOf(html: string): string[] {
  const between = html.replaceAll(/<(style|script)[^>]*>.*?<\/\1>/gs, '').split(/<[^>]*>/);
  const attributes = [...html.matchAll(/ (?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map(([, text]) => text!);
  return [...between, ...attributes].map((text) => text.trim()).filter((text) => /[A-Za-z]{2}/.test(unescaped(text)));
}

function unescaped(text: string): string {
  return text.replaceAll(/&\w+;|&#\w+;/g, ' ');
}

test.for([
  [
    'the overview',
    async () => (({ OverviewPage }) => <OverviewPage />)(await import('../../features/overview/index.ts')),
  ],
  ['gateways', async () => (({ GatewaysPage }) => <GatewaysPage />)(await import('../../features/gateways/index.ts'))],
  [
    'ports',
    async () => (({ PortSearchPage }) => <PortSearchPage />)(await import('../../features/port-search/index.ts')),
  ],
  ['sites', async () => (({ SitesPage }) => <SitesPage />)(await import('../../features/sites/index.ts'))],
  [
    'customers',
    async () => (({ CustomersPage }) => <CustomersPage />)(await import('../../features/customers/index.ts')),
  ],
  ['agents', async () => (({ AgentsPage }) => <AgentsPage />)(await import('../../features/agents/index.ts'))],
  [
    'adding an agent',
    async () => (({ AddAgentPage }) => <AddAgentPage />)(await import('../../features/agents/index.ts')),
  ],
  ['events', async () => (({ EventsPage }) => <EventsPage />)(await import('../../features/events/index.ts'))],
  ['calls', async () => (({ CallsPage }) => <CallsPage />)(await import('../../features/calls/index.ts'))],
  ['drivers', async () => (({ DriversPage }) => <DriversPage />)(await import('../../features/drivers/index.ts'))],
  [
    'incidents',
    async () => (({ IncidentsPage }) => <IncidentsPage />)(await import('../../features/incidents/index.ts')),
  ],
  ['suppressed alerts', async () => (({ HeldPage }) => <HeldPage />)(await import('../../features/alerts/index.ts'))],
  ['channels', async () => (({ ChannelsPage }) => <ChannelsPage />)(await import('../../features/channels/index.ts'))],
  ['policies', async () => (({ PoliciesPage }) => <PoliciesPage />)(await import('../../features/policies/index.ts'))],
  [
    'on-call',
    async () => (({ SchedulesPage }) => <SchedulesPage />)(await import('../../features/schedules/index.ts')),
  ],
  [
    'maintenance',
    async () => (({ MaintenancePage }) => <MaintenancePage />)(await import('../../features/maintenance/index.ts')),
  ],
  [
    'settings of gateways',
    async () => (({ EntriesPage }) => <EntriesPage />)(await import('../../features/configuration/index.ts')),
  ],
  [
    'dial plans',
    async () => (({ DialPlansPage }) => <DialPlansPage />)(await import('../../features/configuration/index.ts')),
  ],
  [
    'lines of the configuration',
    async () => (({ LinesPage }) => <LinesPage />)(await import('../../features/configuration/index.ts')),
  ],
  [
    'comparing gateways',
    async () => (({ ComparePage }) => <ComparePage />)(await import('../../features/configuration/index.ts')),
  ],
  [
    'comparing revisions',
    async () =>
      (({ CompareRevisionsPage }) => <CompareRevisionsPage />)(await import('../../features/configuration/index.ts')),
  ],
  ['drafts', async () => (({ DraftsPage }) => <DraftsPage />)(await import('../../features/configuration/index.ts'))],
  [
    'revisions',
    async () => (({ RevisionsPage }) => <RevisionsPage />)(await import('../../features/configuration/index.ts')),
  ],
  [
    'deployments',
    async () => (({ DeploymentsPage }) => <DeploymentsPage />)(await import('../../features/configuration/index.ts')),
  ],
  ['drift', async () => (({ DriftPage }) => <DriftPage />)(await import('../../features/configuration/index.ts'))],
  [
    'silences',
    async () => (({ SilencesPage }) => <SilencesPage />)(await import('../../features/maintenance/index.ts')),
  ],
  [
    'thresholds',
    async () => (({ ThresholdsPage }) => <ThresholdsPage />)(await import('../../features/thresholds/index.ts')),
  ],
  [
    'signing in',
    async () => (({ SignInForm }) => <SignInForm next="/" />)(await import('../../features/session/index.ts')),
  ],
  [
    'the second step of signing in',
    async () =>
      (({ SignInForm }) => <SignInForm next="/" begun={['totp', 'recovery-code']} />)(
        await import('../../features/session/index.ts'),
      ),
  ],
  [
    'the second step by passkey',
    async () =>
      (({ SignInForm }) => <SignInForm next="/" begun={['passkey', 'recovery-code']} />)(
        await import('../../features/session/index.ts'),
      ),
  ],
  ['the profile', async () => (({ ProfilePage }) => <ProfilePage />)(await import('../../features/profile/index.ts'))],
  ['security', async () => (({ SecurityPage }) => <SecurityPage />)(await import('../../features/security/index.ts'))],
  [
    'single sign-on',
    async () =>
      (({ SingleSignOnPage }) => <SingleSignOnPage />)(await import('../../features/single-sign-on/index.ts')),
  ],
  ['the tokens', async () => (({ TokensPage }) => <TokensPage />)(await import('../../features/tokens/index.ts'))],
  ['the roles', async () => (({ RolesPage }) => <RolesPage />)(await import('../../features/roles/index.ts'))],
  [
    'operators',
    async () => (({ OperatorsPage }) => <OperatorsPage />)(await import('../../features/provider/index.ts')),
  ],
  ['the library', async () => (({ LibraryPage }) => <LibraryPage />)(await import('../../features/library/index.ts'))],
  ['usage', async () => (({ UsagePage }) => <UsagePage />)(await import('../../features/provider/index.ts'))],
  [
    'a suspended operator',
    async () => (({ Suspended }) => <Suspended user={USER} />)(await import('../../features/provider/index.ts')),
  ],
  [
    'the organisation',
    async () => (({ OrganisationPage }) => <OrganisationPage />)(await import('../../features/settings/index.ts')),
  ],
  [
    'the preferences',
    async () => (({ PreferencesPage }) => <PreferencesPage />)(await import('../../features/settings/index.ts')),
  ],
  [
    'streams of the audit trail',
    async () => (({ StreamsPage }) => <StreamsPage />)(await import('../../features/audit-streams/index.ts')),
  ],
  ['the audit', async () => (({ AuditPage }) => <AuditPage />)(await import('../../features/audit/index.ts'))],
  [
    'the frame',
    async () => (({ Shell }) => <Shell counts={null}>·</Shell>)(await import('../../features/shell/index.ts')),
  ],
  ['no answer', async () => (({ Unreachable }) => <Unreachable />)(await import('../../features/shell/index.ts'))],
  [
    'an address that leads nowhere',
    async () => (({ default: NotFound }) => <NotFound />)(await import('../../app/not-found.tsx')),
  ],
] as const)('%s: every text is from a catalogue', async ([, page]) => {
  const html = await rendered(await page());
  const plain = textsOf(html).filter(
    (text) => !OF_THE_DOMAIN.has(text.replaceAll('&#x27;', "'")) && !OF_INTL.has(text),
  );
  expect(html).toMatch(/[áéíóú]/);
  expect(plain).toEqual([]);
});
