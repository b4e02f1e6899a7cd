import { Module } from '@nestjs/common';
import { AccessTokenRepository } from './access-token.repository.ts';
import { OauthController } from './oauth.controller.ts';
import { OauthService } from './oauth.service.ts';

@Module({ controllers: [OauthController], providers: [OauthService, AccessTokenRepository] })
export class OauthModule {}
