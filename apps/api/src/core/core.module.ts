import { Global, Module } from '@nestjs/common';
import { LiveBus } from './bus/live-bus.ts';
import { PgNotifications } from './bus/pg-notifications.ts';
import { CLOCK, type Clock } from './clock.ts';
import { CONFIG, type Config } from './config.ts';
import { Database } from './db/database.ts';
import { PortRepository } from './fleet/port.repository.ts';
import { Jobs } from './jobs/jobs.service.ts';
import { ClientAddress } from './http/client-address.service.ts';
import { PaceRepository } from './http/pace.repository.ts';
import { RateLimits } from './rate/rate-limits.ts';
import { LOGGER, makeLogger } from './observe/logger.ts';
import { Metrics } from './observe/metrics.ts';
import { makeMasterKeys } from './secret/make-master-keys.ts';
import { MASTER_KEYS } from './secret/master-keys.ts';
import { Secrets } from './secret/secrets.ts';
import { HashGate } from './session/hash-gate.ts';
import { KnownDevice } from './session/known-device.ts';
import { SessionService } from './session/session.service.ts';
import { LinkPace } from './session/link-pace.ts';
import { LinkTokens } from './session/link-tokens.ts';
import { PendingSignIns } from './session/pending-sign-ins.ts';
import { SecondStepPace } from './session/second-step-pace.ts';
import { PasswordRules } from './session/password-rules.ts';
import { SignInPace } from './session/sign-in-pace.ts';
import { ProgramGate } from './token/program-gate.ts';
import { TokenAuth } from './token/token-auth.ts';
import { MailOutbox } from './mail/mail-outbox.ts';
import { MailWorker } from './mail/mail-worker.ts';
import { Mailer } from './mail/mailer.ts';

/**
 * The services that every feature may use: configuration, clock, log, metrics, database, secrets, sessions, live bus,
 * jobs.
 */
@Global()
@Module({})
export class CoreModule {
  static with(config: Config, clock: Clock) {
    const sessions = [
      SessionService,
      SignInPace,
      LinkPace,
      LinkTokens,
      KnownDevice,
      HashGate,
      PasswordRules,
      PendingSignIns,
      SecondStepPace,
    ];
    const mail = [Mailer, MailOutbox, MailWorker];
    const shared = [
      Database,
      PgNotifications,
      Secrets,
      ClientAddress,
      PaceRepository,
      RateLimits,
      TokenAuth,
      ProgramGate,
      ...sessions,
      ...mail,
      Metrics,
      LiveBus,
      Jobs,
      PortRepository,
    ];
    return {
      module: CoreModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useValue: clock },
        { provide: MASTER_KEYS, useFactory: () => makeMasterKeys(config) },
        { provide: LOGGER, useFactory: () => makeLogger(config.LOG_LEVEL) },
        ...shared,
      ],
      exports: [CONFIG, CLOCK, LOGGER, ...shared],
    };
  }
}
