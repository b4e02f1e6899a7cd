import { Module } from '@nestjs/common';
import { PkiModule } from '../../pki/index.ts';
import { InstallController } from './install.controller.ts';

@Module({ imports: [PkiModule], controllers: [InstallController] })
export class InstallModule {}
