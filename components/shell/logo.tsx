/** The mark: three cards of a deck, each further along. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <rect x="7" y="8" width="18" height="4" rx="2" fill="#fff" />
      <rect x="7" y="14" width="13" height="4" rx="2" fill="#fff" opacity=".75" />
      <rect x="7" y="20" width="8" height="4" rx="2" fill="#fff" opacity=".5" />
    </svg>
  );
}
