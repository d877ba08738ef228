import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTurns } from './turns.ts'

test('so many have a place at once; the others come in order, each key on its own', async () => {
  const turns = takeTurns(2)
  const order: string[] = []
  const take = async (key: string, name: string) => {
    const release = await turns.take(key)
    order.push(name)
    return release
  }
  const first = await take('a', 'first')
  await take('a', 'second')
  const third = take('a', 'third')
  const fourth = take('a', 'fourth')
  await take('b', 'elsewhere')
  assert.deepEqual(order, ['first', 'second', 'elsewhere'])
  first()
  first()
  ;(await third)()
  await fourth
  assert.deepEqual(order, ['first', 'second', 'elsewhere', 'third', 'fourth'])
})

test('a place that is free again is free for the next, whoever waited before', async () => {
  const turns = takeTurns(1)
  for (let round = 0; round < 3; round++) {
    const [one, two] = [turns.take('a'), turns.take('a')]
    ;(await one)()
    ;(await two)()
  }
})
