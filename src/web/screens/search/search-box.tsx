import { useState } from 'react'
import { Button, Form, Input, Label, SearchField } from 'react-aria-components'
import { searchIndexes } from '../../../rules/search/indexes.ts'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Keys } from '../../ui/keys.tsx'
import { entities, type SearchState } from './search-state.ts'

const words = text.search
const simpleIndexes = searchIndexes
  .filter(({ isSimple }) => isSimple)
  .map(({ code, name }) => ({ id: code, label: name }))

/** What is looked for, in which index, and what is typed; Enter searches. */
export function SearchBox(props: {
  readonly state: SearchState
  readonly input: React.RefObject<HTMLInputElement | null>
  readonly onSearch: (change: Pick<SearchState, 'entity' | 'index' | 'q'>) => void
  readonly isAdvanced: boolean
  readonly onAdvanced: () => void
}) {
  const { state, input, onSearch, isAdvanced, onAdvanced } = props
  const [typed, setTyped] = useState(state.q ?? '')
  const entity = state.entity ?? 'all-titles'
  const index = state.index ?? 'keywords'
  return (
    <Form
      className="search-box"
      role="search"
      aria-label={words.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSearch({ q: typed })
      }}
    >
      <Choice
        label={words.entity}
        value={entity}
        onChange={(next) => onSearch({ entity: entities.find((one) => one === next) ?? entity, q: typed })}
        options={entities.map((one) => ({ id: one, label: words.entities[one] }))}
      />
      <Choice
        label={words.index}
        value={index}
        onChange={(next) => onSearch({ index: next, q: typed })}
        options={simpleIndexes}
      />
      <SearchField className="filter" value={typed} onChange={setTyped}>
        <Label>{words.text}</Label>
        <Input ref={input} placeholder={words.placeholder} maxLength={1000} />
      </SearchField>
      <Button type="submit" className="button primary">
        {words.submit}
      </Button>
      <Button className="button" aria-expanded={isAdvanced} onPress={onAdvanced}>
        {words.advanced.open} <Keys keys={keyTable.advancedSearch.keys[0]} />
      </Button>
    </Form>
  )
}
