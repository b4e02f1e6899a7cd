/** One process that delivers: the worker of the API with nothing beside it. Says `ready`; ends at SIGTERM. */
import 'reflect-metadata';
import { readConfig } from '../../dist/core/config.js';
import { NestFactory } from '@nestjs/core';
import { CoreModule } from '../../dist/core/core.module.js';
import { OutboundModule } from '../../dist/notifications/delivery/outbound.module.js';

const core = CoreModule.with(readConfig(process.env), Date.now);
const app = await NestFactory.createApplicationContext({ module: OutboundModule, imports: [core] }, { logger: false });
app.enableShutdownHooks(['SIGTERM']);
process.send?.('ready');
