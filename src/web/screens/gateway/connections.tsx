import type { Gateway } from '../../../server/api/gateway.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Time } from '../../ui/time.tsx'

const words = text.gateway

/** Who is connected now. */
export function Connections({ gateway }: { readonly gateway: Gateway }) {
  const { connected, connections } = gateway
  return (
    <section className="panel" aria-labelledby="gateway-connections">
      <h2 id="gateway-connections">{words.connections(connected)}</h2>
      {connected > connections.length && <p className="hint">{words.newestOf(connections.length)}</p>}
      {connections.length === 0 ? (
        <p className="none">{words.noConnections}</p>
      ) : (
        <table className="plain" aria-label={words.connectionsTable}>
          <thead>
            <tr>
              <th scope="col">{words.connection.address}</th>
              <th scope="col">{words.connection.logon}</th>
              <th scope="col">{words.connection.user}</th>
              <th scope="col">{words.connection.since}</th>
              <th scope="col">{words.connection.state}</th>
              <th scope="col" className="numeric">
                {words.connection.answered}
              </th>
              <th scope="col">{words.connection.last}</th>
            </tr>
          </thead>
          <tbody>
            {connections.map(({ id, address, secure, since, state, user, logon, answered, last }) => (
              <tr key={id}>
                <th scope="row">
                  {address}
                  {secure && <span className="tag-word">{words.secure}</span>}
                </th>
                <td>
                  <bdi>{logon}</bdi>
                </td>
                <td>
                  <bdi>{user}</bdi>
                </td>
                <td>
                  <Time at={since} />
                </td>
                <td>{words.connectionStates[state]}</td>
                <td className="numeric">{formatCount(answered)}</td>
                <td>{last}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
