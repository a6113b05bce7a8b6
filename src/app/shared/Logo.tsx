/** The mark: an envelope in the outer hue, its header, and the frame inside. */
export const Logo = () => (
  <svg width="22" height="18" viewBox="0 0 22 18" aria-hidden="true">
    <rect x=".75" y=".75" width="20.5" height="16.5" rx="3" fill="none" stroke="var(--outer-rail)" strokeWidth="1.5" />
    <rect x="4" y="4" width="2.5" height="10" rx="1" fill="var(--env-rail)" />
    <rect x="8.5" y="4" width="9.5" height="10" rx="1.5" fill="var(--inner-rail)" />
  </svg>
);
