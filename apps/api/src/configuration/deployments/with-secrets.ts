import { fieldOf, isFieldId, type Settings } from '@loopstart/domain';
import type { ConfigWish } from '@loopstart/drivers/configuration';

/** The same settings with their secrets in place of what stands for them. Throws where one is not there. */
export function withSecrets({ gateway, ports }: ConfigWish, plain: ReadonlyMap<string, string>): ConfigWish {
  return {
    gateway: opened(gateway, plain),
    ports: ports.map((port) => ({ ...port, settings: opened(port.settings, plain) })),
  };
}

function opened(settings: Settings, plain: ReadonlyMap<string, string>): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([field, value]) => {
      if (!isFieldId(field) || fieldOf(field).secret !== true) return [field, value];
      const secret = plain.get(String(value));
      if (secret === undefined) throw new Error(`The secret of ${field} is not there.`);
      return [field, secret];
    }),
  );
}
