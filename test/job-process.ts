import { connect, type ServerAddress } from '../src/db/database.ts'
import { runJob } from '../src/import/run-job.ts'

/*
 * A process of the tests that runs the job that it is told, and says what became of it. It is killed and
 * frozen while it does.
 */
export type JobOrder = {
  readonly address: ServerAddress | string
  readonly dataDir: string
  readonly job: number
  readonly owner: string
}

/** First that the run begins, then what it came to. */
export type JobNews = { readonly news: 'begun' } | { readonly news: 'ended'; readonly status: string | null }

const say = (news: JobNews) => process.send?.(news)

process.once('message', (order: JobOrder) => {
  void run(order).finally(() => process.disconnect())
})

async function run({ address, dataDir, job, owner }: JobOrder): Promise<void> {
  const db = connect(address, { applicationName: owner })
  try {
    await db.query('select')
    say({ news: 'begun' })
    say({ news: 'ended', status: await runJob(db, dataDir, String(job), { owner }) })
  } finally {
    await db.close()
  }
}
