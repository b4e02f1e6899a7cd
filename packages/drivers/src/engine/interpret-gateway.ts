import type { GatewayInfo, PortInfo } from '@loopstart/contracts';
import { knownModel } from '@loopstart/domain';
import { objectId, text } from './codecs.ts';
import { firstScalar, type Complain } from './first-answer.ts';
import type { SystemTexts } from './model.ts';
import type { GatewaySlice } from './slices/gateway.ts';
import type { Answers, Source } from './source.ts';
import { SYSTEM } from './standard.ts';
import { cut } from './values.ts';

const SYS_DESCR: Source<string> = { oid: SYSTEM.sysDescr, object: 'sysDescr', codec: text(255) };
const SYS_NAME: Source<string> = { oid: SYSTEM.sysName, object: 'sysName', codec: text(255) };
const SYS_OBJECT_ID: Source<string> = { oid: SYSTEM.sysObjectId, object: 'sysObjectID', codec: objectId };

/** What a gateway is; `vendor` is that of the driver, where the unit does not report one. */
export function readGateway(
  { gateway, vendor }: { gateway: GatewaySlice; vendor: string },
  { sysDescr, sysName }: SystemTexts,
  ports: readonly PortInfo[],
  answers: Answers,
  complain: Complain,
): GatewayInfo {
  const first = <T>(sources: readonly Source<T>[] | undefined) => firstScalar(sources, answers, complain);
  const sysObjectId = first([SYS_OBJECT_ID])?.slice(0, 255) ?? null;
  const modelText = first(gateway.modelText);
  const model = gateway.model({ sysObjectId, sysDescr, sysName, modelText, ports });
  return {
    vendor: first(gateway.vendor) ?? vendor,
    ...knownModel(model && cut(model, 128), [sysObjectId, sysDescr, sysName, modelText]),
    firmware: first(gateway.firmware) ?? resolveText(gateway, 'firmware', answers),
    hardwareRevision: first(gateway.hardwareRevision),
    serial: first(gateway.serial),
    macAddress: first(gateway.macAddress),
    sysName,
    sysDescr,
    sysObjectId,
    powerSource: first(gateway.powerSource),
    sipServer: first(gateway.sipServer),
  };
}

/** What the system group reports of the unit. */
export function systemTexts(answers: Answers, complain: Complain): SystemTexts {
  return {
    sysDescr: firstScalar([SYS_DESCR], answers, complain),
    sysName: firstScalar([SYS_NAME], answers, complain),
  };
}

function resolveText(gateway: GatewaySlice, field: 'firmware', answers: Answers): string | null {
  const resolver = gateway.textResolvers?.find((candidate) => candidate.field === field);
  return resolver?.decode(answers)?.slice(0, 128) ?? null;
}
