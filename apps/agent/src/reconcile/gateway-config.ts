import type { ConfigurationService } from '../configuration/configuration-service.ts';
import type { ReconcileOf } from './reconciler.ts';

/** Configuration jobs: on disk first, then carried out to their end, and reported by their progress. */
export function gatewayConfigReconcile(
  configuration: Pick<ConfigurationService, 'start' | 'accept'>,
): ReconcileOf<'gateway-config'> {
  return {
    kind: 'gateway-config',
    resume: async () => configuration.start(),
    accept: (request) => configuration.accept(request),
  };
}
