import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withVisibleMarks } from './visible-marks.ts'

test('what turns text round or cannot be seen is shown as its code point', () => {
  assert.equal(withVisibleMarks('evil\u202Ecrm.exe\u202C'), 'evil⟦202E⟧crm.exe⟦202C⟧')
  assert.equal(withVisibleMarks('a\u0000b\u001Bc\u2067d\u0085'), 'a⟦0000⟧b⟦001B⟧c⟦2067⟧d⟦0085⟧')
})

test('lines, tabs and the plain marks of Hebrew and Arabic text stay', () => {
  const text = 'one\ntwo\tthree \u05D0\u200F! \u0627\u061C'
  assert.equal(withVisibleMarks(text), text)
})
