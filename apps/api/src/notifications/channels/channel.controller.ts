import { Controller } from '@nestjs/common';
import { endpoints } from '@loopstart/contracts';
import { allows } from '@loopstart/domain';
import { GuardedHttp } from '../../core/egress/guarded-http.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { asSeenBy, wholeFor } from './as-seen-by.ts';
import { SecretReads } from '../../identity/audit/index.ts';
import { ChannelService } from './channel.service.ts';

@Controller()
export class ChannelController {
  constructor(
    private readonly service: ChannelService,
    private readonly http: GuardedHttp,
    private readonly reads: SecretReads,
  ) {}

  @Implements(endpoints.listChannels)
  async list(@Call() { caller, requestId }: CallOf<typeof endpoints.listChannels>) {
    const channels = await this.service.all(caller.scope);
    await this.reads.addressesOf({ caller, requestId }, wholeFor(caller.rights, channels));
    return {
      items: channels.map((channel) => asSeenBy(caller.rights, channel)),
      // Names hosts of this installation's own network, so it is shown only to those who may enter addresses.
      alsoAllowed: allows(caller.rights, 'channels.write') ? this.http.alsoAllowed : [],
    };
  }

  @Implements(endpoints.createChannel)
  create(@Call() call: CallOf<typeof endpoints.createChannel>) {
    return this.service.create(call, call.body);
  }

  @Implements(endpoints.getChannel)
  async get(@Call() { caller, params, requestId }: CallOf<typeof endpoints.getChannel>) {
    const channel = await this.service.one(caller.scope, params.channelId);
    await this.reads.addressesOf({ caller, requestId }, wholeFor(caller.rights, [channel]));
    return asSeenBy(caller.rights, channel);
  }

  @Implements(endpoints.updateChannel)
  update(@Call() call: CallOf<typeof endpoints.updateChannel>) {
    return this.service.update(call, call.params.channelId, call.body);
  }

  @Implements(endpoints.setChannelState)
  setState(@Call() call: CallOf<typeof endpoints.setChannelState>) {
    return this.service.setState(call, call.params.channelId, call.body);
  }

  @Implements(endpoints.deleteChannel)
  remove(@Call() call: CallOf<typeof endpoints.deleteChannel>) {
    return this.service.remove(call, call.params.channelId);
  }

  @Implements(endpoints.rotateChannelKey)
  rotate(@Call() call: CallOf<typeof endpoints.rotateChannelKey>) {
    return this.service.rotate(call, call.params.channelId, call.body);
  }
}
