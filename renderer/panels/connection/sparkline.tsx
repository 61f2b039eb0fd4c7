import { formatMs } from '../../ui/format.ts'
import { sparkPath } from './spark-path.ts'

const WIDTH = 260
const HEIGHT = 44

/** The lag of the last two minutes; its peak is written beside it. */
export const Sparkline = ({ values }: { readonly values: readonly number[] }) => {
  if (values.length < 2) return <p className="muted">Lag is drawn after a few seconds.</p>
  const peak = Math.max(...values)
  const seconds = Math.round(values.length / 2)
  return (
    <figure className="spark">
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`Lag, peak ${formatMs(peak)}`}>
        <path d={sparkPath(values, WIDTH, HEIGHT)} fill="none" stroke="var(--accent)" strokeWidth="1.5" />
      </svg>
      <figcaption className="muted small">
        Lag over the last {seconds} s, peak {formatMs(peak)}
      </figcaption>
    </figure>
  )
}
