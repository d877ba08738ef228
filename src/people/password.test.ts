import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, isPassword, passwordFault } from './password.ts'
import { PeopleRefusal } from './refusal.ts'

test('a password is known again by its hash, and no other one is', async () => {
  const hash = await hashPassword('the owl in the barn')
  assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[^$]{22}\$[^$]{43}$/)
  assert.equal(await isPassword('the owl in the barn', hash), true)
  assert.equal(await isPassword('the owl in the Barn', hash), false)
  assert.notEqual(await hashPassword('the owl in the barn'), hash)
})

test('a password counts in whatever form its letters came', async () => {
  assert.equal(await isPassword('cafe\u0301 au lait am See', await hashPassword('café au lait am See')), true)
})

test('nobody’s password is right, not even none', async () => {
  assert.equal(await isPassword('', null), false)
  assert.equal(await isPassword('anything', null), false)
})

test('a new password that will not do says why', () => {
  const who = { login: 'ada', name: 'Ada Byron' }
  assert.equal(passwordFault('twelve signs and more', who), null)
  // Nobody called Al could have a password otherwise.
  assert.equal(passwordFault('walnut alley gate', { login: 'al', name: 'Al' }), null)
  for (const [password, why] of [
    ['short', /12 characters or more/],
    ['x'.repeat(201), /200 characters or fewer/],
    ['abababababababab', /too few different/],
    ['ada was here today', /login or the name/],
    ['i am ADA BYRON now', /login or the name/],
    ['Password2024!', /everybody tries first/],
    ['qwertyuiop12', /everybody tries first/],
    ['letmein-letmein-1', /everybody tries first/],
  ] as const)
    assert.match(passwordFault(password, who) ?? '', why, password)
})

test('many passwords at once wait for each other, and more than that are not looked at', async () => {
  const hash = await hashPassword('the owl in the barn')
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, () => isPassword('wrong', hash.replace('m=65536,t=3', 'm=64,t=1'))),
  )
  const refused = tries.filter(({ status }) => status === 'rejected')
  assert.equal(refused.length, 8, '2 at a time, 40 wait')
  assert.ok(refused.every((one) => one.status === 'rejected' && one.reason instanceof PeopleRefusal))
  assert.equal(await isPassword('the owl in the barn', hash), true, 'and then there is room again')
})
