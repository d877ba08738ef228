import { useSuspenseQuery } from '@tanstack/react-query'
import { matrixQuery } from '../../api/queries.ts'
import { text } from '../../text.ts'

const words = text.people.people

/** Every permission by every role: what the server holds people to. */
export function Matrix() {
  const { data: matrix } = useSuspenseQuery(matrixQuery)
  return (
    <section className="panel" aria-labelledby="matrix">
      <h2 id="matrix">{words.matrix}</h2>
      <p className="hint">{words.matrixTeach}</p>
      {/* Where the table has no room. */}
      <dl className="matrix-list">
        {matrix.permissions.map(({ code, meaning, roles }) => (
          <div key={code}>
            <dt>{meaning}</dt>
            <dd>
              {matrix.roles
                .filter((role) => roles.includes(role.code))
                .map(({ name }) => name)
                .join(', ')}
            </dd>
          </div>
        ))}
      </dl>
      <table className="plain matrix" aria-labelledby="matrix">
        <thead>
          <tr>
            <th scope="col">{words.permission}</th>
            {matrix.roles.map(({ code, name }) => (
              <th key={code} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.permissions.map(({ code, meaning, roles }) => (
            <tr key={code}>
              <th scope="row">{meaning}</th>
              {matrix.roles.map((role) => {
                const isHeld = roles.includes(role.code)
                return (
                  <td key={role.code} className={isHeld ? 'good' : 'none'}>
                    <span aria-hidden="true">{isHeld ? '●' : '–'}</span>
                    <span className="visually-hidden">{isHeld ? words.yes : words.no}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
