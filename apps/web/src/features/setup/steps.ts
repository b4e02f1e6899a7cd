import { counted } from '../../lib/format/number.ts';

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
      title: 'Add a customer',
      text: is.customers === 0 ? 'Whose lines are watched.' : counted(is.customers, 'customer'),
      done: is.customers > 0,
      possible: true,
      href: null,
    },
    {
      id: 'site',
      title: 'Add a site',
      text: is.sites === 0 ? 'A building of the customer with gateways in it.' : counted(is.sites, 'site'),
      done: is.sites > 0,
      possible: is.customers > 0,
      href: null,
    },
    {
      id: 'agent',
      title: 'Install an agent there',
      text: is.agents === 0 ? 'One command on a Linux machine beside the gateways.' : counted(is.agents, 'agent'),
      done: is.agents > 0,
      possible: is.sites > 0,
      href: agentHref,
    },
    {
      id: 'targets',
      title: 'Tell the agent where to look',
      text:
        is.gateways === 0
          ? 'Addresses and how to read there; it finds the gateways by itself.'
          : `${counted(is.gateways, 'gateway')} found`,
      done: is.gateways > 0,
      possible: is.firstAgentId !== null,
      href: is.firstAgentId === null ? null : `/agents/${is.firstAgentId}`,
    },
    {
      id: 'channel',
      title: 'Add a channel',
      text:
        is.channels === 0 ? 'How people are notified: e-mail, chat, pager or ticket.' : counted(is.channels, 'channel'),
      done: is.channels > 0,
      possible: true,
      href: '/alerting/channels',
    },
    {
      id: 'policy',
      title: 'Let a policy use it',
      text: is.reachingPolicies === 0 ? 'Who is notified of what, and when.' : 'Incidents reach somebody',
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
