/** Shapes of the icons: 16 px box, drawn with the text's colour. From the look. */
import type { ReactNode } from 'react'

export const iconShapes = {
  mark: (
    <>
      <circle cx="8.2" cy="7.8" r="5.8" />
      <path d="M3.2 5.2c3.2-1 7 .6 9.6 4.6M2.6 9.2c2.4-1.6 6.4-.8 8.4 3M6.6 2.4c2.2 1 5 3 6.8 5.8" />
      <path d="M8.4 13.6c2 .9 4.2.9 6.4.6" />
    </>
  ),
  overview: (
    <>
      <path d="M1.5 8.5h2.8l1.9-5 3 9 2-6 .9 2h2.4" />
    </>
  ),
  traces: (
    <>
      <path d="M2 3.5h9M4.5 8h7M7.5 12.5H14" />
    </>
  ),
  logs: (
    <>
      <path d="M2 3.5h.01M5 3.5h9M2 8h.01M5 8h6.5M2 12.5h.01M5 12.5h9" />
    </>
  ),
  metrics: (
    <>
      <path d="M2 2.5v11h12M4.5 10l3-3.5 2.5 2L14 4" />
    </>
  ),
  map: (
    <>
      <circle cx="3.5" cy="8" r="1.8" />
      <circle cx="12.5" cy="3.8" r="1.8" />
      <circle cx="12.5" cy="12.2" r="1.8" />
      <path d="M5.2 7.2l5.7-2.7M5.2 8.8l5.7 2.7" />
    </>
  ),
  invest: (
    <>
      <path d="M3 13.5c0-3 2-3.5 5-3.5s5-1 5-3.5S11 3 8 3" />
      <circle cx="3" cy="13.5" r="1" />
      <circle cx="6.5" cy="3" r="1.3" />
    </>
  ),
  plug: (
    <>
      <path d="M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5V15" />
    </>
  ),
  settings: (
    <>
      <path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" />
      <circle cx="10" cy="4.5" r="1.8" />
      <circle cx="6" cy="11.5" r="1.8" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.4 10.4L14 14" />
    </>
  ),
  back: (
    <>
      <path d="M9.5 3.5L5 8l4.5 4.5" />
    </>
  ),
  fwd: (
    <>
      <path d="M6.5 3.5L11 8l-4.5 4.5" />
    </>
  ),
  right: (
    <>
      <path d="M6 4l4 4-4 4" />
    </>
  ),
  down: (
    <>
      <path d="M4 6l4 4 4-4" />
    </>
  ),
  up: (
    <>
      <path d="M4 10l4-4 4 4" />
    </>
  ),
  note: (
    <>
      <path d="M3 2.5h10v7.5l-3.5 3.5H3zM13 10H9.5v3.5M5.5 5.5h5M5.5 8h3" />
    </>
  ),
  save: (
    <>
      <path d="M8 2v7.5M4.8 6.5L8 9.7l3.2-3.2M2.5 11v2.5h11V11" />
    </>
  ),
  exemplar: (
    <>
      <path d="M8 2.5L13.5 8 8 13.5 2.5 8z" />
    </>
  ),
  span: (
    <>
      <path d="M2 8h12" />
      <path d="M2 5.5v5M14 5.5v5" />
    </>
  ),
  link: (
    <>
      <path d="M6.5 9.5l3-3M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5L7.5 13a2.8 2.8 0 0 1-4-4L5 7.5" />
    </>
  ),
  copy: (
    <>
      <path d="M5.5 5.5h8v8h-8z" />
      <path d="M10.5 5.5v-3h-8v8h3" />
    </>
  ),
  close: (
    <>
      <path d="M4 4l8 8M12 4l-8 8" />
    </>
  ),
  filter: (
    <>
      <path d="M2.5 3.5h11L9.5 8.5v4l-3 1v-5z" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.2L14.5 13.5h-13z" />
      <path d="M8 6.5v3.2M8 11.6v.1" />
    </>
  ),
  error: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.8v4M8 11v.1" />
    </>
  ),
  check: (
    <>
      <path d="M3.5 8.5l3 3 6-7" />
    </>
  ),
  play: (
    <>
      <path d="M5 3l8 5-8 5z" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3v10M3 8h10" />
    </>
  ),
  minus: (
    <>
      <path d="M3 8h10" />
    </>
  ),
  more: (
    <>
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />
    </>
  ),
  pin: (
    <>
      <path d="M9.5 2l4.5 4.5-2 .5-2.5 2.5-.3 2.8L4 7.1l2.8-.3L9.3 4zM5.5 10.5L2 14" />
    </>
  ),
  compare: (
    <>
      <path d="M2 4.5h9M2 11.5h5" />
      <path d="M14 2.5v11" strokeDasharray="1.5 2" />
    </>
  ),
  file: (
    <>
      <path d="M4 1.8h5.5L12.5 5v9.2H4zM9.5 1.8V5h3" />
    </>
  ),
  folder: (
    <>
      <path d="M1.8 4h4.4l1.5 1.8h6.5v7.2H1.8z" />
    </>
  ),
  refresh: (
    <>
      <path d="M13.5 8a5.5 5.5 0 1 1-1.8-4.1M13.5 2v3h-3" />
    </>
  ),
  cross: (
    <>
      <path d="M4 4l8 8M12 4l-8 8" />
    </>
  ),
  branch: (
    <>
      <path d="M4.5 3v10M4.5 9.5c4 0 6.5-1 6.5-4" />
      <circle cx="11" cy="4" r="1.5" />
    </>
  ),
  wait: (
    <>
      <path d="M4.5 2h7M4.5 14h7M5 2.2c0 3.3 6 3.6 6 5.8s-6 2.5-6 5.8M11 2.2c0 3.3-6 3.6-6 5.8s6 2.5 6 5.8" />
    </>
  ),
  repeat: (
    <>
      <path d="M2.5 4.5h8M2.5 8h8M2.5 11.5h8M13.5 3v10" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5" r="2.5" />
      <path d="M3 14c.5-3.5 2.5-5 5-5s4.5 1.5 5 5" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="8" r="2.8" />
      <path d="M7.8 8H14v2.5M11.5 8v2" />
    </>
  ),
  bulb: (
    <>
      <path d="M5.8 11.5C4 10 3.5 8.6 3.5 7a4.5 4.5 0 1 1 9 0c0 1.6-.5 3-2.3 4.5zM6 14h4" />
    </>
  ),
  db: (
    <>
      <ellipse cx="8" cy="3.8" rx="5" ry="2" />
      <path d="M3 3.8v8.4c0 1.1 2.2 2 5 2s5-.9 5-2V3.8M3 8c0 1.1 2.2 2 5 2s5-.9 5-2" />
    </>
  ),
  queue: (
    <>
      <path d="M2 4h3v8H2zM6.5 4h3v8h-3zM11 4h3v8h-3z" />
    </>
  ),
  fit: (
    <>
      <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />
    </>
  ),
  cmd: (
    <>
      <path d="M3 4.5L6.5 8 3 11.5M8 12h5" />
    </>
  ),
  exclude: (
    <>
      <path d="M2.5 3.5h11L9.5 8.5v4l-3 1v-5z" />
      <path d="M2 14L14 2" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1.1M8 11.3v.1" />
    </>
  ),
  indent: (
    <>
      <path d="M2 3.5h12M7 8h7M7 12.5h7M2 6.5l2.5 2-2.5 2" />
    </>
  ),
  outdent: (
    <>
      <path d="M2 3.5h12M7 8h7M7 12.5h7M4.5 6.5l-2.5 2 2.5 2" />
    </>
  ),
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof iconShapes
