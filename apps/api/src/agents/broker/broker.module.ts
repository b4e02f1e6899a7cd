import { type BeforeApplicationShutdown, Inject, Injectable, Module } from '@nestjs/common';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { CONFIG, type Config } from '../../core/config.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { Metrics } from '../../core/observe/metrics.ts';
import { PkiModule, PkiService } from '../pki/index.ts';
import { AgentLink } from './agent-link.ts';
import { connectionLimits, descriptorLimit } from './connection-limits.ts';
import { EmbeddedBroker } from './embedded-broker.ts';
import { ExternalBroker } from './external-broker.ts';

/** Chooses the connection to the agents by MQTT_URL; the link starts when the ingest is ready for it. */
function makeLink(config: Config, now: Clock, pki: PkiService, log: Logger, metrics: Metrics): AgentLink {
  const link =
    config.MQTT_URL === undefined
      ? embedded(config, now, pki, log, metrics)
      : external(config.MQTT_URL, now, pki, log, metrics);
  metrics.gauge('agents_connected', 'Agents whose connection this process holds', () => link.connected().length);
  return link;
}

function embedded(config: Config, now: Clock, pki: PkiService, log: Logger, metrics: Metrics): AgentLink {
  const descriptors = descriptorLimit();
  const limits = connectionLimits(descriptors);
  log.info({ descriptors, ...limits }, 'limits of agent connections, from what the process may open (ulimit -n)');
  const refused = metrics.counter('broker_refused_total', 'Refused connections by reason', ['reason']);
  const ended = metrics.counter('broker_ended_total', 'Connections that ended, by reason', ['reason']);
  return new EmbeddedBroker({
    // Agents connect from outside even where the console is only served to a proxy on this machine.
    host: config.MQTT_HOST,
    port: config.MQTT_PORT,
    get caPem() {
      return pki.caPem;
    },
    now,
    identity: () => pki.serverIdentity(),
    onAuthorities: (listener) => pki.changed.on(listener),
    lookUp: (serial) => pki.knownCertificate(serial),
    limits,
    onRefused: (reason) => refused.inc({ reason }),
    onEnded: (reason) => ended.inc({ reason }),
  });
}

function external(url: string, now: Clock, pki: PkiService, log: Logger, metrics: Metrics): AgentLink {
  let connected = 0;
  metrics.gauge('broker_connected', 'Is the external broker connected', () => connected);
  return new ExternalBroker({
    url,
    get caPem() {
      return pki.caPem;
    },
    now,
    identity: () => pki.apiIdentity(),
    onNotEnded: (agentId, reason) => log.warn({ agentId, reason }, 'failed to end the connection of an agent'),
    onState: (up, reason) => {
      connected = up ? 1 : 0;
      if (up) log.info('connected to the broker');
      else log.warn({ reason }, 'not connected to the broker');
    },
  });
}

/** Closes the link when the application ends: after the ingest, which stops the intake and finishes current work. */
@Injectable()
class LinkCloser implements BeforeApplicationShutdown {
  constructor(@Inject(AgentLink) private readonly link: AgentLink) {}

  beforeApplicationShutdown(): Promise<void> {
    return this.link.stop();
  }
}

@Module({
  imports: [PkiModule],
  providers: [
    {
      provide: AgentLink,
      useFactory: makeLink,
      inject: [CONFIG, CLOCK, PkiService, LOGGER, Metrics],
    },
    LinkCloser,
  ],
  exports: [AgentLink],
})
export class BrokerModule {}
