import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader, recordOf } from '../../../test/record-of.ts'
import { titleKey } from './title-key.ts'

const coded = (year: string) => `008 030101s${year}    enk           000 1 eng d`
const emma = ['100 1# $a Austen, Jane, $d 1775-1817.', '245 10 $a Emma : $b a novel / $c Jane Austen.']

test('two records of one edition have one key, however they are punctuated and cased', () => {
  const one = titleKey(recordOf(coded('2003'), ...emma))
  const other = titleKey(recordOf(coded('2003'), '245 10 $a EMMA. $b A novel.', '700 1# $a AUSTEN, Jane'))
  assert.equal(one, 'emma a novel/austen jane/2003/am')
  assert.equal(other, one)
})

test('another year, type, subtitle or part is another key', () => {
  const keys = [
    titleKey(recordOf(coded('2003'), ...emma)),
    titleKey(recordOf(coded('2004'), ...emma)),
    titleKey(recordOf(`LDR ${bookLeader.replace('nam', 'nim')}`, coded('2003'), ...emma)),
    titleKey(recordOf(`LDR ${bookLeader.replace('nam', 'nas')}`, coded('2003'), ...emma)),
    titleKey(recordOf(coded('2003'), emma[0] as string, '245 10 $a Emma.')),
    titleKey(recordOf(coded('2003'), emma[0] as string, '245 10 $a Emma : $b a novel. $n 2')),
  ]
  assert.equal(new Set(keys).size, keys.length)
})

test('the year is read from the imprint where 008 has none', () => {
  assert.equal(
    titleKey(recordOf('245 10 $a Emma.', '100 1# $a Austen', '264 #1 $c [2003?]')),
    'emma/austen/2003/am',
  )
})

test('too little to go by makes no key', () => {
  assert.equal(titleKey(recordOf(coded('2003'), '245 10 $a Annual report.')), null)
  assert.equal(titleKey(recordOf('100 1# $a Austen', '245 10 $a Emma.')), null)
  assert.equal(titleKey(recordOf(coded('2003'), '100 1# $a Austen')), null)
})

test('a title in another script makes a key', () => {
  assert.equal(
    titleKey(recordOf(coded('2003'), '100 1# $a 奥斯汀', '245 10 $a 爱玛。')),
    '爱玛/奥斯汀/2003/am',
  )
})
