import type { Port } from '@loopstart/contracts';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '../../ui/button-class.ts';
import { t } from '../../messages/ports.ts';

/** To the port before and after, as on the device. */
export function Neighbours({ port, ports }: { port: Port; ports: readonly Port[] }) {
  const index = ports.findIndex((other) => other.position === port.position);
  const step = (other: Port | undefined, word: string, Icon: typeof ChevronLeft) =>
    other !== undefined && (
      <Link href={`/gateways/${other.gatewayId}/ports/${other.position}`} className={buttonClass('plain')}>
        {Icon === ChevronLeft && <Icon aria-hidden="true" className="size-4" />}
        <span className="sr-only">{word}: </span>
        {t('portN', { position: other.position })}
        {Icon === ChevronRight && <Icon aria-hidden="true" className="size-4" />}
      </Link>
    );
  return (
    <nav aria-label={t('neighbouringPorts')} className="flex gap-2">
      {step(ports[index - 1], t('previous'), ChevronLeft)}
      {step(ports[index + 1], t('next'), ChevronRight)}
    </nav>
  );
}
