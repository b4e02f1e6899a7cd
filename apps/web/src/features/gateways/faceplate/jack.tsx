import { cx } from '../../../ui/cx.ts';

/** What is in the jack. */
export type JackState = 'empty' | 'plugged' | 'in-use' | 'unknown';

const CONTACTS = [17, 20.4, 23.6, 27];

/** A modular jack as on the device, with or without a plug in it. */
export function Jack({ state, className }: { state: JackState; className?: string }) {
  return (
    <svg viewBox="0 0 44 38" aria-hidden="true" className={cx('jack', className)}>
      <rect x="3.5" y="1.5" width="37" height="30" rx="3" className="fill-surface stroke-panel-line" strokeWidth="1" />
      <path d="M8 5.5h28v17h-6.5v3.2h-3.6v2.8h-7.8v-2.8h-3.6v-3.2H8z" className="fill-panel-hole" />
      {CONTACTS.map((x) => (
        <path key={x} d={`M${x} 6v5.5`} className="stroke-contact" strokeWidth="1.3" strokeLinecap="round" />
      ))}
      {state === 'unknown' && (
        <path
          d="M11 8.5h22v12.5H11z"
          className="fill-none stroke-plug"
          strokeOpacity="0.75"
          strokeWidth="1.1"
          strokeDasharray="2.2 2"
        />
      )}
      {(state === 'plugged' || state === 'in-use') && <Plug live={state === 'in-use'} />}
    </svg>
  );
}

function Plug({ live }: { live: boolean }) {
  return (
    <>
      <path
        d="M22 27v10.5"
        className={live ? 'stroke-accent' : 'stroke-edge'}
        strokeWidth={live ? 3.4 : 2.2}
        strokeLinecap="butt"
      />
      <path d="M11 8.2h22v13h-5v3h-2.6v2.4h-6.8v-2.4H16v-3h-5z" className={live ? 'fill-accent' : 'fill-plug'} />
      {CONTACTS.map((x) => (
        <path key={x} d={`M${x} 9.6v4.6`} className="stroke-contact" strokeWidth="1.3" strokeLinecap="round" />
      ))}
      <path
        d="M19 26.6v-4.4h6v4.4"
        fill="none"
        className={live ? 'stroke-accent-ink' : 'stroke-panel-hole'}
        strokeOpacity="0.55"
        strokeWidth="0.9"
      />
    </>
  );
}
