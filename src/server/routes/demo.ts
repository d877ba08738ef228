import { ApiError } from '../api/error.ts'
import { DemoFileParams, DemoFiles, DemoSecrets } from '../api/demo.ts'
import { NewSecret } from '../api/integration-profile.ts'
import { bytesOf } from '../api/shape.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { samples } from '../demo/story.ts'
import { makeVendorFile } from '../demo/vendor-files.ts'
import { attachment } from '../headers.ts'
import { Refusal } from '../refusal.ts'

/** Files and secrets for those who have none at hand; there are none but in the demo. */
export function demoRoutes(app: App, { demo, demoSecrets = new Map() }: ServerContext): void {
  const offered = demo ? samples : []

  app.get(
    '/api/demo/files',
    {
      config: { access: 'signed-in' },
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
      config: { access: 'signed-in' },
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

  app.get(
    '/api/demo/secrets',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['server'],
        summary: 'Zones of the demo whose secret for the gateway nobody has looked at yet',
        response: { 200: DemoSecrets },
      },
    },
    () => [...demoSecrets.keys()],
  )

  app.post(
    '/api/demo/secrets/:zone',
    {
      config: { access: { may: 'gateway.configure', in: 'zone' } },
      schema: {
        tags: ['server'],
        summary: 'The secret that the demo made for the gateway into a zone, this once',
        params: ZoneParams,
        response: { 200: NewSecret, '4xx': ApiError },
      },
    },
    ({ params: { zone } }) => {
      const secret = demoSecrets.get(zone)
      if (secret === undefined)
        throw new Refusal(
          404,
          'NO_SUCH_SECRET',
          `The secret of ${zone} has been shown, or is not the demo's.`,
          {
            remedy: 'Make a new one.',
          },
        )
      demoSecrets.delete(zone)
      return { secret }
    },
  )
}
