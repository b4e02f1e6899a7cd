import { Controller, Get, Header } from '@nestjs/common';
import { PkiService } from './pki.service.ts';

/** Public data for everyone who has to trust the installation. */
@Controller('api/v1/pki')
export class PkiController {
  constructor(private readonly pki: PkiService) {}

  @Get('ca.pem')
  @Header('content-type', 'application/x-pem-file')
  ca(): string {
    return this.pki.caPem;
  }

  @Get('crl.pem')
  @Header('content-type', 'application/x-pem-file')
  @Header('cache-control', 'no-store')
  crl(): Promise<string> {
    return this.pki.revocationList();
  }
}
