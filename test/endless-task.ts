import { serveTasks } from '../src/import/short-thread.ts'

/** What a thread may be asked for that does not end by itself. */
export type EndlessTask = 'answer' | 'loop' | 'fill'

serveTasks('endless', (task: EndlessTask) => {
  if (task === 'answer') return 'answered'
  const kept: string[] = []
  for (;;) if (task === 'fill') kept.push('x'.repeat(1000) + kept.length)
})
