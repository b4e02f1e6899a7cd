import { Module } from '@nestjs/common';
import { FirstOperator } from './first-operator.ts';
import { SessionController } from './session.controller.ts';

@Module({ controllers: [SessionController], providers: [FirstOperator] })
export class SessionModule {}
