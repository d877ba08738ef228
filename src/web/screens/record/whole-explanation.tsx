import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { explanationQuery } from '../../api/queries.ts'
import { Pipeline } from '../../explain/pipeline.tsx'
import { useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'

const words = text.wholeExplanation

/** Every step of the record's import, derived anew as it was then, where somebody asks for it. */
export function WholeExplanation(props: {
  readonly job: number
  readonly file: number
  readonly position: number
  readonly bibZone: string
}) {
  const { job, file, position, bibZone } = props
  const [isAsked, setIsAsked] = useState(false)
  const { data, error, isFetching, refetch } = useQuery({
    ...explanationQuery(job, file, position),
    enabled: isAsked,
  })
  const ask = () => setIsAsked(true)
  useCommands([{ name: 'wholeExplanation', label: text.commands.wholeExplanation, run: ask }])
  return (
    <>
      {data === undefined && (
        <ActionButton
          command="wholeExplanation"
          label={words.ask}
          whyNot={null}
          isPending={isFetching}
          onPress={ask}
        />
      )}
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      {data !== undefined && (
        <section>
          <h2>{words.title}</h2>
          <p className={data.agrees ? 'hint' : 'notice'}>{data.agrees ? words.agrees : words.differs}</p>
          <Pipeline explanation={data.explanation} bibZone={bibZone} />
        </section>
      )}
    </>
  )
}
