import { Module } from '@nestjs/common';
import { InnerApi } from './inner-api.ts';
import { McpController } from './mcp.controller.ts';

@Module({ controllers: [McpController], providers: [InnerApi] })
export class McpModule {}
