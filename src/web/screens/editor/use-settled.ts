import { useEffect, useState } from 'react'

/**
 * A value as it was when it last was left alone for a while: what is worked out of it does not flicker. And a way to
 * have one at once.
 */
export function useSettled<T>(value: T, quietMs: number): readonly [T, (now: T) => void] {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), quietMs)
    return () => clearTimeout(timer)
  }, [value, quietMs])
  return [settled, setSettled]
}
