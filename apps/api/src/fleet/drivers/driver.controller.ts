import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { driverMetadata } from '@loopstart/drivers/catalogue';
import { Implements } from '../../core/http/implements.ts';

@Controller()
export class DriverController {
  @Implements(endpoints.listDrivers)
  list() {
    const items = driverMetadata().map(
      ({ id, vendor, models, revision, evidence, maturityNote, capabilities, actions }) => ({
        id,
        vendor,
        models: models.map((model) => ({ ...model, proven: [...model.proven] })),
        revision,
        evidence,
        note: maturityNote,
        capabilities,
        actions,
      }),
    );
    return { items };
  }
}
