import { CopyButton } from './copy-button.tsx';

/** A text to be copied whole, such as a key, in a box with its name. */
export function KeyBox({ label, text }: { label: string; text: string }) {
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-2 pl-3">
        <span className="text-xs text-ink-3">{label}</span>
        <CopyButton text={text} what={label.toLowerCase()} />
      </div>
      <code className="block px-3 py-2.5 font-mono text-sm wrap-anywhere select-all">{text}</code>
    </div>
  );
}
