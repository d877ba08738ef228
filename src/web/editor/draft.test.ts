import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Draft, draftName, dropDraft, keepDraft, readDraft } from './draft.ts'

function shelf(room = 10_000) {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => void kept.delete(name),
    setItem(name: string, value: string) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(name, value)
    },
  }
}

const draft: Draft = {
  version: 3,
  text: 'LDR 00000nam a2200000 i 4500\n245 00 ‡a עמה',
  suppressed: true,
  publishToOclc: 'do-not-publish',
  at: '2026-11-26T10:00:00.000Z',
}

test('a draft is there again as it was, until it is dropped', () => {
  const on = shelf()
  const name = draftName('Wren', 'NZ', '991')
  assert.equal(keepDraft(on, name, draft), true)
  assert.deepEqual(readDraft(on, name), draft)
  dropDraft(on, name)
  assert.equal(readDraft(on, name), null)
})

test('drafts of two people, zones or bibs never have one name', () => {
  const names = [
    draftName('Wren', 'NZ', '991'),
    draftName('Wren NZ', '991', ''),
    draftName('Wren', 'NZ 991', ''),
    draftName('Wren', 'SALT', '991'),
    draftName('Wren","NZ', '', '991'),
  ]
  assert.equal(new Set(names).size, names.length)
})

test('what is no draft is none, and one for which there is no room says so', () => {
  const on = shelf(40)
  on.kept.set('a', '{"text":1}')
  on.kept.set('b', 'not json')
  on.kept.set('c', JSON.stringify({ ...draft, publishToOclc: 'everywhere' }))
  for (const name of on.kept.keys()) assert.equal(readDraft(on, name), null, name)
  assert.equal(keepDraft(on, 'd', draft), false)
})
