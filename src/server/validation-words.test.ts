import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import { SearchQuery } from './api/search.ts'
import { NewSet } from './api/set.ts'
import { closed, nullable } from './api/shape.ts'
import { validateRequest } from './validate-request.ts'
import { problemsOf } from './validation-words.ts'

const problems = (schema: TSchema, value: unknown, httpPart = 'body'): string[] => {
  const validated: unknown = validateRequest({ schema, httpPart, method: 'POST', url: '/' })(value)
  assert.ok(typeof validated === 'object' && validated !== null && 'error' in validated)
  assert.ok(Array.isArray(validated.error))
  return problemsOf(validated.error).map(({ path, message }) => `${path} ${message}`)
}

test('a value that is none of the alternatives is told with all of them, once', () => {
  const sorts = 'newest, oldest, title, creator, year, year-oldest'
  assert.deepEqual(problems(SearchQuery, { q: 'a', sort: 'old' }, 'querystring'), [
    `sort must be one of ${sorts}`,
  ])
  assert.deepEqual(
    problems(SearchQuery, { sort: 'old', entity: 'books', colour: '1' }, 'querystring').toSorted(),
    [
      'colour is not known',
      'entity must be one of all-titles, physical-titles, physical-items, electronic-titles, electronic-portfolios',
      `sort must be one of ${sorts}`,
    ],
  )
  const many = Type.Union(Array.from({ length: 12 }, (_, at) => Type.Literal(`v${at}`)))
  assert.match(problems(Type.Object({ many }), { many: 'x' }).join(), /^many must be one of v0, .*, v11$/)
})

test('alternatives of several kinds are told by their kinds', () => {
  const level = nullable(Type.Union([Type.Literal('low'), Type.Literal('high')]))
  const note = nullable(Type.String({ maxLength: 3 }))
  const shape = Type.Object({ level: Type.Optional(level), note: Type.Optional(note) }, closed)
  assert.deepEqual(problems(shape, { level: 'middle' }), ['level must be one of low, high or null'])
  assert.deepEqual(problems(shape, { note: 7 }), ['note must be text or null'])
  assert.deepEqual(problems(shape, { note: 'long' }), ['note must have 3 characters or fewer'])
})

test('what is wrong with a body of several kinds is told by the kind that was meant', () => {
  const logical = { kind: 'logical', name: 'x', entity: 'all-titles', query: 'a' }
  assert.deepEqual(problems(NewSet, { ...logical, kind: 'other' }), ['kind must be one of logical, itemised'])
  assert.deepEqual(problems(NewSet, { ...logical, query: '' }), ['query must not be empty'])
  assert.deepEqual(problems(NewSet, { ...logical, colour: 'red' }), ['colour is not known'])
  assert.deepEqual(problems(NewSet, { ...logical, entity: 'books' }), [
    'entity must be one of all-titles, physical-titles, physical-items, electronic-titles, electronic-portfolios',
  ])
  assert.deepEqual(problems(NewSet, { kind: 'itemised', name: 'x', numbers: '1', entity: 'books' }), [
    'entity must be one of all-titles, physical-items, electronic-portfolios',
  ])
  assert.deepEqual(problems(NewSet, null), [' must be an object'])
})
