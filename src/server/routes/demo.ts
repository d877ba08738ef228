import { ApiError } from '../api/error.ts'
import { DemoFileParams, DemoFiles } from '../api/demo.ts'
import { bytesOf } from '../api/shape.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { samples } from '../demo/story.ts'
import { makeVendorFile } from '../demo/vendor-files.ts'
import { attachment } from '../headers.ts'
import { Refusal } from '../refusal.ts'

/** Files for those who have none at hand; there are none but in the demo. */
export function demoRoutes(app: App, { demo }: ServerContext): void {
  const offered = demo ? samples : []

  app.get(
    '/api/demo/files',
    {
      schema: {
        tags: ['server'],
        summary: 'Files to try in the demo; none elsewhere',
        response: { 200: DemoFiles },
      },
    },
    () => offered.map(({ file: { name }, zone, profile, about }) => ({ name, zone, profile, about })),
  )

  app.get(
    '/api/demo/files/:name',
    {
      schema: {
        tags: ['server'],
        summary: 'The bytes of a file to try',
        params: DemoFileParams,
        response: { 200: bytesOf('application/octet-stream'), '4xx': ApiError },
      },
    },
    async ({ params: { name } }, reply) => {
      const found = offered.find(({ file }) => file.name === name)
      if (!found)
        throw new Refusal(404, 'NO_SUCH_FILE', `The demo has no file ${name}.`, {
          remedy: 'List the files of the demo.',
        })
      return reply
        .type('application/octet-stream')
        .header('content-disposition', attachment(name))
        .send(await makeVendorFile(found.file))
    },
  )
}
