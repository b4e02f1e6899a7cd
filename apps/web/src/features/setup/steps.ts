import { t } from '../../messages/overview.ts';

/** What is there already of all that it takes until somebody is notified of a dead line. */
export interface SetUp {
  customers: number;
  sites: number;
  agents: number;
  /** The agent to tell where to look; null without one. */
  firstAgentId: string | null;
  firstSiteId: string | null;
  gateways: number;
  channels: number;
  /** Policies that reach somebody at all times. */
  reachingPolicies: number;
}

export type StepId = 'customer' | 'site' | 'agent' | 'targets' | 'channel' | 'policy';
export interface SetupStep {
  id: StepId;
  title: string;
  /** What it is for; or, once it is done, what is there. */
  text: string;
  state: 'done' | 'now' | 'later';
  /** Where it is done; null where a dialog does it in place, or where it cannot be done yet. */
  href: string | null;
}

/**
 * The way from an empty console to a notification, in the order in which each step becomes possible. The first that
 * is not done is `now`, and so is every other whose ground is laid; what needs one that is missing is `later`.
 */
export function setupSteps(is: SetUp): SetupStep[] {
  const agentHref = is.firstSiteId === null ? '/agents/add' : `/agents/add?siteId=${is.firstSiteId}`;
  const steps: (Omit<SetupStep, 'state' | 'href'> & { done: boolean; possible: boolean; href: string | null })[] = [
    {
      id: 'customer',
      title: t('addACustomer'),
      text: is.customers === 0 ? t('whoseLinesMonitored') : t('customer', { customers: is.customers }),
      done: is.customers > 0,
      possible: true,
      href: null,
    },
    {
      id: 'site',
      title: t('addASite'),
      text: is.sites === 0 ? t('buildingCustomerGateways') : t('site', { sites: is.sites }),
      done: is.sites > 0,
      possible: is.customers > 0,
      href: null,
    },
    {
      id: 'agent',
      title: t('installAgentSite'),
      text: is.agents === 0 ? t('oneCommandLinuxMachine') : t('agent', { agents: is.agents }),
      done: is.agents > 0,
      possible: is.sites > 0,
      href: agentHref,
    },
    {
      id: 'targets',
      title: t('addDiscoveryTargets'),
      text: is.gateways === 0 ? t('addressesGatewaysTheirAccess') : t('gatewayFound', { gateways: is.gateways }),
      done: is.gateways > 0,
      possible: is.firstAgentId !== null,
      href: is.firstAgentId === null ? null : `/agents/${is.firstAgentId}`,
    },
    {
      id: 'channel',
      title: t('addAChannel'),
      text: is.channels === 0 ? t('howPeopleNotifiedE') : t('channel', { channels: is.channels }),
      done: is.channels > 0,
      possible: true,
      href: '/alerting/channels',
    },
    {
      id: 'policy',
      title: t('usePolicy'),
      text: is.reachingPolicies === 0 ? t('whoNotifiedAboutWhat') : t('incidentsAreNotified'),
      done: is.reachingPolicies > 0,
      possible: is.channels > 0,
      href: '/alerting/policies',
    },
  ];
  return steps.map(({ done, possible, href, ...step }) => {
    const state = done ? 'done' : possible ? 'now' : 'later';
    return { ...step, state, href: state === 'now' ? href : null };
  });
}
