import { Module } from '@nestjs/common';
import { DriverController } from './driver.controller.ts';

@Module({ controllers: [DriverController] })
export class DriversModule {}
