'use client';

import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

/** Words that appear beside something on hover or focus. They must also be in its accessible name or text. */
export function Hint({ text, children }: { text: string; children: ReactElement<Record<string, unknown>> }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} delay={350} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} collisionPadding={8} className="z-50">
          <Tooltip.Popup className="max-w-64 rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-raised">
            {text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
