/** The mark: a loop, and the notch at which it starts. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" fill="#0f5a73" />
      <path d="M19.4 7.6A9 9 0 1 1 12.6 7.6" fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
      <path d="M16 5.2v8.2" fill="none" stroke="#f2b45c" strokeWidth="3.4" strokeLinecap="round" />
    </svg>
  );
}
