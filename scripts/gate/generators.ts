/** A committed file that a script makes. The script takes `--check`: it then compares, and exits 1 on a difference. */
export type Generator = {
  readonly makes: string
  readonly script: string
  /** What the script reads from outside of the project: where it is missing, the file cannot be checked. */
  readonly source?: string
}

export const generators: readonly Generator[] = [
  { makes: '.oxlintrc.json', script: 'scripts/make-lint-rules.ts' },
  {
    makes: 'src/marc/marc8/tables.ts',
    script: 'scripts/make-code-tables.ts',
    source: '../shared/data/tables/codetables.xml',
  },
  {
    makes: 'src/rules/validation/marc21.ts',
    script: 'scripts/make-marc21-format.ts',
    source: '../shared/data/tables/marc21_var_fields_standard.txt',
  },
  { makes: 'docs/schema.sql', script: 'scripts/dump-schema.ts' },
  { makes: 'docs/openapi.json', script: 'scripts/dump-openapi.ts' },
  { makes: 'docs/command-line.md', script: 'scripts/make-command-line-page.ts' },
]
