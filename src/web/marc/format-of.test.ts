import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatOf } from './format-of.ts'

const of = (leader: string, ...fields: readonly { tag: string; value: string }[]) =>
  formatOf({ leader: `00000n${leader} a2200000 a 4500`, fields })

test('a book, a journal and a recording are told apart by the leader', () => {
  assert.equal(of('am').format, 'book')
  assert.equal(of('as').format, 'serial')
  assert.equal(of('jm').format, 'music')
  assert.equal(of('em').format, 'map')
  assert.equal(of('!m').format, 'unknown')
})

test('008/33 tells a film from a slide', () => {
  const visual = (kind: string) => ({ tag: '008', value: `${' '.repeat(33)}${kind}      ` })
  assert.equal(of('gm', visual('v')).format, 'video')
  assert.equal(of('gm', visual('s')).format, 'image')
})

test('what is read online says so', () => {
  assert.equal(of('am', { tag: '008', value: `${' '.repeat(23)}o${' '.repeat(16)}` }).isElectronic, true)
  assert.equal(of('am').isElectronic, false)
})
