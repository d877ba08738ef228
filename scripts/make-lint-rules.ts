import { readFileSync, writeFileSync } from 'node:fs'
import { forbiddenFolders, forbiddenPackages, layers, type Layer } from './gate/layers.ts'

/*
 * Makes .oxlintrc.json: the rules for every file, and the import boundaries of scripts/gate/layers.ts
 * as one override for each folder and depth, since the linter's patterns see the import's text alone.
 *
 *   node scripts/make-lint-rules.ts [--check]
 *
 * With --check nothing is written: exit 1 if the committed file differs.
 */

const target = new URL('../.oxlintrc.json', import.meta.url)
const packageFile = new URL('../package.json', import.meta.url)

/** Folders in folders below src/x/ for which boundaries are made. */
const deepest = 3

type Pattern = { readonly regex: string; readonly message: string; readonly allowTypeImports?: true }
type Override = { readonly files: readonly string[]; readonly rules: Readonly<Record<string, unknown>> }

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Any of the packages, or a file in one. */
const packagePattern = (names: readonly string[]) => `^(${names.map(escaped).join('|')})(/|$)`

function patterns(layer: Layer, depth: number, isTest: boolean, packages: Packages): Pattern[] {
  const toSource = `^(\\./)?(\\.\\./){${depth + 1}}`
  const found: Pattern[] = []
  const folders = forbiddenFolders(layer)
  if (folders.length > 0) {
    found.push({
      regex: `${toSource}(${folders.join('|')})/`,
      message: `${layer.folder}/ imports only from folders above it (ARCHITECTURE.md).`,
    })
  }
  if (layer.typesOf !== undefined) {
    const message = `${layer.folder}/ imports only types from ${layer.typesOf}/.`
    found.push({ regex: `${toSource}${layer.typesOf}/`, message, allowTypeImports: true })
  }
  const forbidden = forbiddenPackages(layer, packages.run)
  if (forbidden.length > 0) {
    found.push({
      regex: packagePattern(forbidden),
      message: `${layer.folder}/ does not import this package.`,
    })
  }
  if (isTest) return found
  found.push({
    regex: `^(\\./)?(\\.\\./){${depth + 2}}`,
    message: 'src/ imports nothing from outside of it.',
  })
  found.push({
    regex: packagePattern(packages.tools),
    message: 'Only tests and scripts use development packages.',
  })
  if (layer.pure)
    found.push({ regex: '^node:', message: `${layer.folder}/ runs in browsers: no node: modules.` })
  return found
}

type Packages = { readonly run: readonly string[]; readonly tools: readonly string[] }

function readPackages(): Packages {
  const parsed: unknown = JSON.parse(readFileSync(packageFile, 'utf8'))
  const namesOf = (key: string) => {
    const part = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
    const [, listed] = part.find(([name]) => name === key) ?? []
    return typeof listed === 'object' && listed !== null ? Object.keys(listed) : []
  }
  return {
    run: namesOf('dependencies'),
    tools: namesOf('devDependencies').filter((name) => !name.startsWith('@types/')),
  }
}

function boundaries(): Override[] {
  const packages = readPackages()
  const overrides: Override[] = []
  for (const layer of layers) {
    for (let depth = 0; depth <= deepest; depth++) {
      const folder = `src/${layer.folder}/${'*/'.repeat(depth)}`
      for (const isTest of [false, true]) {
        overrides.push({
          // The later of two overrides that fit a file is the one that counts: tests come second.
          files: [`${folder}*${isTest ? '.test' : ''}.{ts,tsx}`],
          rules: {
            'no-restricted-imports': ['error', { patterns: patterns(layer, depth, isTest, packages) }],
          },
        })
      }
    }
  }
  return overrides
}

const settings = {
  $schema: './node_modules/oxlint/configuration_schema.json',
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y'],
  categories: { correctness: 'error' },
  ignorePatterns: ['dist/**', 'node_modules/**'],
  rules: {
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-var': 'error',
    'prefer-const': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/await-thenable': 'error',
    // MARC is made of control characters, and its text is taken apart by code points.
    'no-control-regex': 'off',
    'no-misleading-character-class': 'off',
    'typescript/no-misused-spread': 'off',
    // An array of a known length is the fast one to fill.
    'unicorn/no-new-array': 'off',
    // Objects here are made of functions, not of methods with a `this`.
    'typescript/unbound-method': 'off',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'import/no-cycle': ['error', { ignoreTypes: true }],
    'import/no-default-export': 'error',
    'import/no-self-import': 'error',
    // A grid of many thousand rows is drawn in part: it has the roles of a table, and not its elements.
    'jsx-a11y/prefer-tag-over-role': 'off',
    // What a key opened has the focus where one types next.
    'jsx-a11y/no-autofocus': 'off',
    // Concerns the React compiler, which is not used.
    'react/incompatible-library': 'off',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
  },
  overrides: [
    ...boundaries(),
    // Vite takes its settings as a default export.
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    // Without types the linter cannot tell that it is strings that are sorted.
    { files: ['**/*.js'], rules: { 'typescript/require-array-sort-compare': 'off' } },
    // node:test's own functions return promises that the runner waits for.
    {
      files: ['**/*.test.{ts,tsx}'],
      rules: {
        'typescript/no-floating-promises': [
          'error',
          {
            allowForKnownSafeCalls: [
              {
                from: 'package',
                name: ['test', 'it', 'describe', 'suite', 'before', 'after'],
                package: 'node:test',
              },
            ],
          },
        ],
      },
    },
  ],
}

/** One line an override, so that a change of the layers can be read as such. */
const text = `${JSON.stringify({ ...settings, overrides: [] }, null, 2).replace(
  '"overrides": []',
  `"overrides": [\n    ${settings.overrides.map((override) => JSON.stringify(override)).join(',\n    ')}\n  ]`,
)}\n`

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(
      '.oxlintrc.json differs from scripts/gate/layers.ts and package.json: run npm run generate.\n',
    )
    process.exitCode = 1
  }
} else {
  writeFileSync(target, text)
}
