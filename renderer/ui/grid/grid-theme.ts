import { themeQuartz } from 'ag-grid-community'

/** Heights in px; the row's is `--row` of the tokens. */
export const ROW_HEIGHT = 26
export const HEADER_HEIGHT = 28
export const BAND_HEIGHT = 22

/** The grid in the window's own tokens: a change of theme is a change of CSS variables and needs no remount. */
export const gridTheme = themeQuartz.withParams({
  browserColorScheme: 'inherit',
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  textColor: 'var(--text)',
  borderColor: 'var(--line)',
  chromeBackgroundColor: 'var(--surface-raised)',
  headerBackgroundColor: 'var(--surface-raised)',
  headerTextColor: 'var(--text-muted)',
  headerFontWeight: 500,
  headerFontSize: 12,
  headerHeight: HEADER_HEIGHT,
  rowHeight: ROW_HEIGHT,
  rowHoverColor: 'var(--surface-hover)',
  oddRowBackgroundColor: 'var(--surface)',
  rowBorder: { style: 'solid', width: 1, color: 'color-mix(in srgb, var(--line) 55%, transparent)' },
  pinnedRowBackgroundColor: 'var(--surface-raised)',
  pinnedRowBorder: { style: 'solid', width: 1, color: 'var(--line)' },
  fontFamily: 'var(--font)',
  fontSize: 13,
  dataFontSize: 13,
  spacing: 4,
  cellHorizontalPadding: 6,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  headerColumnResizeHandleColor: 'var(--line)',
  headerColumnResizeHandleHeight: '45%',
  tooltipBackgroundColor: 'var(--surface-raised)',
  tooltipTextColor: 'var(--text)',
  tooltipBorder: { style: 'solid', width: 1, color: 'var(--line-strong)' },
})
