import { useQuery } from '@tanstack/react-query'
import { jobEventsQuery } from '../../api/queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Given } from '../../ui/given.tsx'
import { Time } from '../../ui/time.tsx'

const words = text.report

/** What happened to the job out of the ordinary, in words, newest last. */
export function Events({ job }: { readonly job: number }) {
  const { data: events, error, refetch } = useQuery(jobEventsQuery(job))
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  if (events === undefined) return <p className="screen-loading">{text.shell.loading}</p>
  if (events.length === 0) return <p className="empty">{words.noEvents}</p>
  return (
    <div className="scrolls">
      <table className="plain" aria-label={words.tabs.events}>
        <thead>
          <tr>
            <th scope="col">{words.event.at}</th>
            <th scope="col">{words.event.level}</th>
            <th scope="col">{words.event.message}</th>
            <th scope="col">{words.event.code}</th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ at, level, code, message }, place) => (
            <tr key={`${at} ${code} ${place}`} data-level={level}>
              <td>
                <Time at={at} />
              </td>
              <td>
                <span className="level" data-level={level}>
                  {words.levels[level]}
                </span>
              </td>
              <td className="wide">
                <Given words={message} />
              </td>
              <td>
                <code>{code}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
