import { isNight, localHour } from '../../data/local-time.ts'
import { useSecond } from '../../data/use-second.ts'
import { formatMinute, formatTime } from '../../ui/format.ts'
import './client-clock.css'

type ClockProps = {
  readonly zone: string | null
  readonly certain: boolean
  readonly country: string
}

/** What the clock shows where the client is, and whether one should ring now. */
export const ClientClock = ({ zone, certain, country }: ClockProps) => {
  const now = useSecond()
  if (!zone)
    return (
      <p className="client-clock muted">
        Local time unknown:{' '}
        {country ? `the country “${country}” was not recognised` : 'the account has no country'}.
      </p>
    )
  const night = isNight(localHour(now, zone))
  const [weekday] = formatMinute(now, zone).split(/[ ,]/)
  return (
    <p className="client-clock">
      <strong>{formatTime(now, zone)}</strong> {weekday}{' '}
      <span className="muted">
        client’s time, {zone.replaceAll('_', ' ')}
        {certain ? '' : ' (likely: the country has several zones)'}
      </span>
      {night && (
        <span className="badge" data-tone="warning">
          ☾ Night there
        </span>
      )}
    </p>
  )
}
