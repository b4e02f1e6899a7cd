import type { Gateway, LiveEvent } from '@loopstart/contracts';
import { severityRank } from '@loopstart/domain';
import { longState, portTitle } from '../words/port-summary.ts';
import { t } from '../../messages/common.ts';

const LOUD = severityRank('major');

/**
 * What a screen reader is told of a live event: ports that became bad, and those that recovered.
 * Everything else on the page changes silently.
 */
export function announcements(shown: Gateway | undefined, event: LiveEvent): string[] {
  if (event.type !== 'gateway' || shown === undefined || shown.id !== event.gatewayId) return [];
  const said: string[] = [];
  for (const change of event.ports) {
    const before = shown.portList.find((port) => port.position === change.position);
    if (before === undefined || change.severity === undefined) continue;
    const after = { ...before, ...change };
    const wasLoud = severityRank(before.severity) >= LOUD;
    const isLoud = severityRank(after.severity) >= LOUD;
    const where = t('portOfGateway', { portTitle: portTitle(after), position: after.position, name: shown.name });
    if (isLoud && (!wasLoud || before.healthReason !== after.healthReason)) said.push(`${where}: ${longState(after)}.`);
    else if (wasLoud && after.severity === 'ok') said.push(t('worksAgain', { where }));
  }
  return said;
}
