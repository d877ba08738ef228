import { Readable } from 'node:stream'
import { keepScope } from '../../db/scope.ts'
import { getJob } from '../../import/job.ts'
import { getRecord, listRecords } from '../../import/job-records.ts'
import { originalBytes } from '../../import/original-records.ts'
import type { RecordPlace } from '../../import/record-filter.ts'
import { ApiError } from '../api/error.ts'
import { JobParams } from '../api/job.ts'
import {
  type JobRecord,
  type JobRecordFilter,
  JobRecordFilter as JobRecordFilterSchema,
  JobRecordPage,
  JobRecordParams,
  JobRecordQuery,
  WholeJobRecord,
} from '../api/job-record.ts'
import { bytesOf } from '../api/shape.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'
import { attachment } from '../headers.ts'
import { recordsCsv } from '../records-csv.ts'

/** Rows of one look at the ledger, for a file of all of them. */
const pageOfFile = 1000

export function jobRecordRoutes(app: App, { db, dataDir }: ServerContext): void {
  app.get(
    '/api/jobs/:job/records',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'The records of a job in the order of its files',
        params: JobParams,
        querystring: JobRecordQuery,
        response: { 200: JobRecordPage, '4xx': ApiError },
      },
    },
    async ({ params: { job }, query: { limit = 100, after, ...query } }) => {
      const place = after === undefined ? null : readCursor(after, ['number', 'number'])
      const rows = await listRecords(db, job, {
        ...query,
        ...(place === null ? {} : { after: { file: place[0], position: place[1] } }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ file, position }) => [file, position])
    },
  )

  app.get(
    '/api/jobs/:job/records/:file/:position',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'A record of a job: how its outcome came about, what it was and what it made',
        params: JobRecordParams,
        response: { 200: WholeJobRecord, '4xx': ApiError },
      },
    },
    ({ params: { job, file, position } }) => getRecord(db, dataDir, job, { file, position }),
  )

  app.get(
    '/api/jobs/:job/records.mrc',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'Records of a job as they came, byte for byte',
        params: JobParams,
        querystring: JobRecordFilterSchema,
        response: {
          200: {
            description: 'The bytes, in the format of the files.',
            ...bytesOf('application/marc', 'application/octet-stream'),
          },
          '4xx': ApiError,
        },
      },
    },
    async ({ params: { job }, query }, reply) => {
      await getJob(db, job)
      const name = ['job', job, query.outcome, query.code, query.repair]
        .filter((part) => part !== undefined)
        .join('-')
      return reply
        .type('application/marc')
        .header('content-disposition', attachment(`${name}.mrc`))
        .send(Readable.from(keepScope(originalBytes(db, dataDir, job, query)), { objectMode: false }))
    },
  )

  app.get(
    '/api/jobs/:job/records/:file/:position.mrc',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'A record of a job as it came, byte for byte',
        params: JobRecordParams,
        response: { 200: bytesOf('application/marc', 'application/octet-stream'), '4xx': ApiError },
      },
    },
    async ({ params: { job, file, position } }, reply) =>
      reply
        .type('application/marc')
        .header('content-disposition', attachment(`job-${job}-${file}-${position}.mrc`))
        .send(
          Readable.from(keepScope(originalBytes(db, dataDir, job, { file, position })), {
            objectMode: false,
          }),
        ),
  )

  app.get(
    '/api/jobs/:job/records.csv',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'The records of a job for a spreadsheet; no cell is a formula',
        params: JobParams,
        querystring: JobRecordFilterSchema,
        response: { 200: bytesOf('text/csv'), '4xx': ApiError },
      },
    },
    async ({ params: { job }, query }, reply) => {
      await getJob(db, job)
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', attachment(`job-${job}-records.csv`))
        .send(Readable.from(keepScope(recordsCsv(recordPages(job, query))), { objectMode: false }))
    },
  )

  async function* recordPages(job: number, filter: JobRecordFilter): AsyncGenerator<readonly JobRecord[]> {
    let after: RecordPlace | undefined
    do {
      const rows = await listRecords(db, job, {
        ...filter,
        limit: pageOfFile,
        ...(after === undefined ? {} : { after }),
      })
      yield rows
      after = rows.length < pageOfFile ? undefined : rows.at(-1)
    } while (after !== undefined)
  }
}
