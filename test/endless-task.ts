import { serveTasks } from '../src/import/short-process.ts'

/** What a process may be asked for that does not end by itself. */
export type EndlessTask = { readonly do: 'answer' | 'loop' | 'fill' }

serveTasks('endless', ({ do: what }: EndlessTask) => {
  if (what === 'answer') return 'answered'
  const kept: number[][] = []
  for (;;) if (what === 'fill') kept.push(new Array(100_000).fill(kept.length))
})
