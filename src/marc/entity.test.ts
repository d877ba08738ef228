import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveEntities } from './entity.ts'

test('entities of HTML stand for their characters, by name and by number', () => {
  assert.equal(
    resolveEntities('Smith &amp; Sons &quot;Caf&#233;&quot; &#x2014; &LT;b&gt;')?.text,
    'Smith & Sons "Café" — <b>',
  )
})

test('what is resolved once is not resolved again', () => {
  assert.deepEqual(resolveEntities('&amp;amp;'), { text: '&amp;', before: ['&amp;'], after: ['&'] })
})

test('an ampersand, an unknown name, a surrogate and a control character stay as they are', () => {
  for (const text of ['AT&T; R&D', '&eacute;', '&#xD800;', '&#0;', '&#x1F;', '&#x110000;', 'no entity'])
    assert.equal(resolveEntities(text), undefined, text)
})
