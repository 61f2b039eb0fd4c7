import { type RefObject, useEffect, useRef } from 'react'

/** Scrolls what has just appeared into view, by as little as possible. */
export const useIntoView = <E extends HTMLElement>(): RefObject<E | null> => {
  const place = useRef<E>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return place
}
