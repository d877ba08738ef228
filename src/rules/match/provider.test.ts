import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { providersOf } from './provider.ts'

const places = (...lines: readonly string[]) => providersOf(recordOf(...lines)).places

test('a provider is the name in the last address of a link', () => {
  assert.deepEqual(places('856 40 $u https://www.jstor.org/stable/1'), ['jstor'])
  assert.deepEqual(
    places('856 40 $u https://proxy.example.edu/login?url=https://ebookcentral.proquest.com/lib/1'),
    ['proquest'],
  )
  assert.deepEqual(places('856 40 $u https://vlebooks.co.uk/1'), ['vlebooks'])
})

test('a link to a related thing, to a resolver or to nowhere says nothing', () => {
  assert.deepEqual(
    places('856 42 $u https://toc.example.com/1', '856 40 $u https://doi.org/10.1/1', '856 40 $u soon'),
    [],
  )
})

test('the agency of a reproduction is one too', () => {
  assert.deepEqual(places('533 ## $a Electronic reproduction. $c Readex, a division of Newsbank'), ['readex'])
})

test('the source of a system number is one, but for those that everybody has', () => {
  const record = recordOf('035 ## $a (NhCcYBP)1', '035 ## $a (OCoLC)2', '035 ## $a (DLC)3', '035 ## $a 4')
  assert.deepEqual(providersOf(record).sources, ['nhccybp'])
})
