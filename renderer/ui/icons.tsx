import type { ReactNode } from 'react'

const icon =
  (path: ReactNode) =>
  ({ size = 15 }: { readonly size?: number }) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {path}
    </svg>
  )

/** Icons are decoration: whatever they stand on has a name of its own. */
export const PhoneIcon = icon(
  <path d="M5.2 2.5 3.4 2.7C2.6 2.8 2 3.5 2.1 4.3c.5 5 4.6 9.1 9.6 9.6.8.1 1.5-.5 1.6-1.3l.2-1.8-3-1.5-1.5 1.5C7.2 9.9 6.1 8.8 5.2 7.0l1.5-1.5z" />,
)
export const BellIcon = icon(
  <>
    <path d="M8 2a4 4 0 0 0-4 4v2.5L2.7 11h10.6L12 8.5V6a4 4 0 0 0-4-4z" />
    <path d="M6.5 13.2a1.6 1.6 0 0 0 3 0" />
  </>,
)
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9" />
  </>,
)
export const MoonIcon = icon(<path d="M13.3 9.6A5.7 5.7 0 0 1 6.4 2.7a5.7 5.7 0 1 0 6.9 6.9z" />)
export const SoundIcon = icon(
  <>
    <path d="M2.5 6v4h2.2L8 12.8V3.2L4.7 6z" />
    <path d="M10.5 5.8a3.2 3.2 0 0 1 0 4.4M12.3 4a5.7 5.7 0 0 1 0 8" />
  </>,
)
export const MuteIcon = icon(
  <>
    <path d="M2.5 6v4h2.2L8 12.8V3.2L4.7 6z" />
    <path d="m10.8 6.3 3.4 3.4M14.2 6.3l-3.4 3.4" />
  </>,
)
export const OutboxIcon = icon(
  <>
    <path d="M2.5 9.5v3.2h11V9.5" />
    <path d="M8 10.3V2.8M5 5.6l3-2.8 3 2.8" />
  </>,
)
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.3" />
    <path d="m10.3 10.3 3.4 3.4" />
  </>,
)
export const PinIcon = icon(
  <path d="M9.8 1.8 14.2 6.2 11.5 7.3 9 9.8 8.7 12.5 3.5 7.3 6.2 7 8.7 4.5zM5.8 10.2 2 14" />,
)
