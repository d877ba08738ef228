import { useState } from 'react'
import { Button, Form, Input, Label, TextArea, TextField } from 'react-aria-components'
import { formatCql } from '../../../rules/search/format-cql.ts'
import { searchIndexes } from '../../../rules/search/indexes.ts'
import { getIndex } from '../../../rules/search/find-index.ts'
import { operators, operatorsOf } from '../../../rules/search/operators.ts'
import { parseCql } from '../../../rules/search/parse-cql.ts'
import type { Joint } from '../../../rules/search/query.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { SortableList } from '../../ui/sortable-list.tsx'
import {
  emptyRow,
  needsValue,
  type QueryRow,
  queryOfRows,
  rowsOfQuery,
  valuesOf,
  withIndex,
} from './query-rows.ts'

const words = text.search.advanced
const indexes = searchIndexes.map(({ code, name }) => ({ id: code, label: name }))
const joints: readonly Joint[] = ['and', 'or', 'not']

/** Conditions joined from top to bottom, and the query that they make; each can be changed, the other follows. */
export function AdvancedForm(props: {
  readonly query: string | undefined
  readonly onSearch: (query: string | undefined) => void
}) {
  const { query = '', onSearch } = props
  const [written, setWritten] = useState(query)
  const [rows, setRows] = useState<readonly QueryRow[] | null>(() => rowsOf(query))
  const read = written.trim() === '' ? null : parseCql(written)
  const problem = read?.problem ?? null

  const changeRows = (next: readonly QueryRow[]) => {
    const made = queryOfRows(next)
    setRows(next)
    setWritten(made === null ? '' : formatCql(made))
  }
  const changeText = (next: string) => {
    setWritten(next)
    setRows(rowsOf(next))
  }
  return (
    <Form
      className="panel advanced"
      aria-label={words.name}
      onSubmit={(event) => {
        event.preventDefault()
        if (problem === null) onSearch(written.trim() === '' ? undefined : written)
      }}
    >
      {rows === null ? (
        <p className="hint">{words.asText}</p>
      ) : (
        <>
          <SortableList
            label={words.name}
            rows={rows}
            onChange={changeRows}
            nameOf={(_, at) => words.conditionOf(at + 1)}
            render={(row, change, at) => <Condition row={row} isFirst={at === 0} onChange={change} />}
          />
          <Button className="button small" onPress={() => changeRows([...rows, emptyRow])}>
            {words.add}
          </Button>
        </>
      )}
      <TextField
        className="text-field query-text"
        value={written}
        onChange={changeText}
        isInvalid={problem !== null}
      >
        <Label>{words.query}</Label>
        <TextArea rows={2} spellCheck="false" dir="ltr" />
        {problem !== null && (
          <p className="bad" role="status">
            {words.problemAt(problem.line, problem.column, problem.message)}
          </p>
        )}
      </TextField>
      <div className="advanced-foot">
        <Button type="submit" className="button primary" isDisabled={problem !== null}>
          {words.submit}
        </Button>
        {query !== '' && (
          <Button
            className="button"
            onPress={() => {
              changeRows([emptyRow])
              onSearch(undefined)
            }}
          >
            {words.clear}
          </Button>
        )}
      </div>
    </Form>
  )
}

function rowsOf(written: string): readonly QueryRow[] | null {
  if (written.trim() === '') return [emptyRow]
  const { query } = parseCql(written)
  return query === null ? null : rowsOfQuery(query)
}

function Condition(props: {
  readonly row: QueryRow
  readonly isFirst: boolean
  readonly onChange: (row: QueryRow) => void
}) {
  const { row, isFirst, onChange } = props
  const values = valuesOf(row.index)
  return (
    <>
      {isFirst ? (
        <span className="condition-first">{words.first}</span>
      ) : (
        <Choice
          label={words.joint}
          value={row.joint}
          onChange={(next) => onChange({ ...row, joint: joints.find((one) => one === next) ?? row.joint })}
          options={joints.map((one) => ({ id: one, label: words.joints[one] }))}
        />
      )}
      <Choice
        label={words.index}
        value={row.index}
        onChange={(next) => onChange(withIndex(row, next))}
        options={indexes}
      />
      <Choice
        label={words.operator}
        value={row.operator}
        onChange={(next) => {
          const operator = operatorsOf(getIndex(row.index)).find((one) => one === next)
          if (operator !== undefined) onChange({ ...row, operator })
        }}
        options={operatorsOf(getIndex(row.index)).map((one) => ({ id: one, label: operators[one].name }))}
      />
      {needsValue(row.operator) &&
        (values === null ? (
          <TextField
            className="text-field condition-value"
            value={row.value}
            onChange={(value) => onChange({ ...row, value })}
          >
            <Label>{words.value}</Label>
            <Input />
          </TextField>
        ) : (
          <Choice
            label={words.value}
            value={values.some(({ value }) => value === row.value) ? row.value : null}
            placeholder={words.noValue}
            onChange={(value) => onChange({ ...row, value })}
            options={values.map(({ value, name }) => ({ id: value, label: name }))}
          />
        ))}
    </>
  )
}
