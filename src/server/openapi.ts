import fastifySwagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** Registers what collects the routes; before any of them. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    // Who may: docs and the test of every route by every role read it here.
    transform: ({ schema, url, route }) => ({
      schema: { ...schema, 'x-access': route.config?.access } as typeof schema,
      url,
    }),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Accession',
        version,
        description:
          'The catalogue of a library consortium and its imports. Numbers of records (MMS IDs) are strings, times are UTC, ' +
          'every error has the shape `ApiError`, lists are paged by the cursor that they end with.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'catalogue', description: 'Zones, bibs, search' },
        { name: 'inventory', description: 'Libraries, holdings, items, portfolios' },
        { name: 'import', description: 'Profiles, files, jobs, their records, issues' },
        { name: 'alma', description: 'A part of Alma’s API, for programs written for it (docs/alma-api.md)' },
        { name: 'gateway', description: 'The OCLC Connexion gateway: integration profiles, exports' },
        { name: 'people', description: 'Signing in, people, roles, API keys, the audit trail' },
        { name: 'server', description: 'State, events, this document' },
      ],
    },
  })
}

type Json = string | number | boolean | null | readonly Json[] | JsonObject
type JsonObject = { readonly [name: string]: Json }

/** The OpenAPI document: that of the routes, each schema with a title once, under its name. */
export function openApiDocument(app: FastifyInstance): JsonObject {
  const document = JSON.parse(JSON.stringify(app.swagger())) as JsonObject
  const schemas = new Map<string, Json>()
  const paths = nameSchemas(document['paths'] ?? {}, schemas)
  const named = Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...document, components: { schemas: named }, paths }
}

function nameSchemas(node: Json, schemas: Map<string, Json>): Json {
  if (Array.isArray(node)) return node.map((each: Json) => nameSchemas(each, schemas))
  if (!isObject(node)) return node
  const walked = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, nameSchemas(value, schemas)]),
  )
  const title = node['title']
  if (typeof title !== 'string' || node['type'] !== 'object') return walked
  const known = schemas.get(title)
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(walked)) {
    throw new Error(`Two schemas of the API are called ${title}.`)
  }
  schemas.set(title, walked)
  return { $ref: `#/components/schemas/${title}` }
}

const isObject = (node: Json): node is JsonObject =>
  typeof node === 'object' && node !== null && !Array.isArray(node)
