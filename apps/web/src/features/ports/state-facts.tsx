'use client';

import type { Action, Gateway, Port } from '@loopstart/contracts';
import {
  PORT_COUNTERS,
  PORT_MEASURES,
  PORT_STATE_FIELD_NAMES,
  type PortCounter,
  type PortMeasure,
  type PortStateField,
} from '@loopstart/domain';
import type { ReactNode } from 'react';
import { count, measured } from '../../lib/format/number.ts';
import { fieldState } from '../../lib/words/field-state.ts';
import { nullWords } from '../../lib/words/nulls.ts';
import { FIELD_WORDS, MEASURE_ORDER } from '../../lib/words/port.ts';
import { portSentence } from '../../lib/words/port-summary.ts';
import { Absent } from '../../ui/absent.tsx';
import { cx } from '../../ui/cx.ts';
import { Moment, Since } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { LineTestResult, useLastLineTest } from '../actions/index.ts';
import { t } from '../../messages/ports.ts';

/** How the port is now: a sentence, then every state and measurement, or why one is not there. */
export function StateNow({ port, gateway }: { port: Port; gateway: Gateway }) {
  const unknown = port.severity === 'unknown';
  const test = useLastLineTest(gateway.id, port.position);
  const zone = gateway.site.timeZone;
  return (
    <Section title={unknown ? t('stateLastReading') : t('currentState')}>
      <div className="flex items-start gap-3 pb-4">
        <SeverityMark severity={port.severity} className="mt-0.5 size-6" />
        <div>
          <p className="text-lg font-medium">{unknown ? t('statePortUnknown') : portSentence(port)}</p>
          <p className="text-sm text-ink-2">
            {port.stateSince !== null && (
              <>
                {t.rich('soFor', {
                  since: <Since at={port.stateSince} />,
                  moment: <Moment at={port.stateSince} siteZone={gateway.site.timeZone} />,
                })}
              </>
            )}
            {unknown && t('lastReadAs', { state: portSentence(port) })}
          </p>
        </div>
      </div>
      <dl className={cx('grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3', unknown && 'stale-hatch rounded-md')}>
        {PORT_STATE_FIELD_NAMES.map((field) => (
          <Item key={field} name={FIELD_WORDS[field]}>
            <State port={port} field={field} />
          </Item>
        ))}
      </dl>
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 border-t border-line pt-4 sm:grid-cols-3">
        {MEASURE_ORDER.map((field) => (
          <Item key={field} name={PORT_MEASURES[field].label}>
            {port[field] === null ? (
              <Tested test={test} field={field} siteZone={zone} otherwise={<Why port={port} field={field} />} />
            ) : (
              measured(port[field], PORT_MEASURES[field].unit)
            )}
          </Item>
        ))}
        {(Object.keys(PORT_COUNTERS) as PortCounter[]).map((field) => (
          <Item key={field} name={PORT_COUNTERS[field].label}>
            {port[field] === null ? <Why port={port} field={field} /> : count(port[field])}
          </Item>
        ))}
      </dl>
      {test !== null && (
        <div className="mt-4 flex flex-col gap-1.5 border-t border-line pt-4">
          <p className="text-xs text-ink-3">
            {t.rich('lastLineTest', { moment: <Moment at={test.testedAt} siteZone={zone} /> })}
          </p>
          <LineTestResult result={test} />
        </div>
      )}
    </Section>
  );
}

/** What no poll reads, a line test may have measured: its value, with the time it is from. */
function Tested({
  test,
  field,
  siteZone,
  otherwise,
}: {
  test: Action['lineTest'];
  field: PortMeasure;
  siteZone: string;
  otherwise: ReactNode;
}) {
  const found = test?.values.find(({ name }) => name === field);
  if (test === null || typeof found?.value !== 'number') return otherwise;
  return (
    <>
      {measured(found.value, PORT_MEASURES[field].unit)}
      <span className="block text-xs text-ink-3">
        {t.rich('tested', { moment: <Moment at={test.testedAt} siteZone={siteZone} /> })}
      </span>
    </>
  );
}

function Item({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="text-base">{children}</dd>
    </div>
  );
}

function State({ port, field }: { port: Port; field: PortStateField }) {
  const state = fieldState(port, field);
  return state.known ? state.word : <Missing why={state.why} />;
}

function Why({ port, field }: { port: Port; field: string }) {
  return <Missing why={nullWords(port.nulls[field])} />;
}

function Missing({ why }: { why: string }) {
  return (
    <span className="text-sm">
      <Absent spelled why={why} />
    </span>
  );
}
