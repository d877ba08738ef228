/** A time of the catalogue (ISO 8601, UTC) for people: `2026-11-25 16:17`, of this machine's zone. */
export function formatTime(time: string): string {
  const at = new Date(time)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}
