import { Module } from '@nestjs/common';
import { PkiController } from './pki.controller.ts';
import { PkiService } from './pki.service.ts';

@Module({ controllers: [PkiController], providers: [PkiService], exports: [PkiService] })
export class PkiModule {}
