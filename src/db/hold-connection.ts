import type pg from 'pg'
import type { Reach, Scope } from './scope.ts'

/** The role that statements of a person's request run as: it may not sign in, and row-level security holds it. */
export const webRole = 'accession_web'

/** As a connection is: its role, and the zones that it was last told. */
type Held = { readonly isWeb: boolean; readonly zones: string }

export type ConnectionHolder = {
  /** Gives a connection the role and the zones of what is to be reached; asks the server only where they are others. */
  hold(client: pg.ClientBase, reach: Reach): Promise<void>
  /** To be told of every rollback: it takes back what was set since the beginning. */
  rolledBack(client: pg.ClientBase): void
}

/** Connections begin as whoever signed in, who reaches everything. */
const fresh: Held = { isWeb: false, zones: '' }

export function openConnectionHolder(): ConnectionHolder {
  /** Nothing is known of one whose last change may have been taken back. */
  const held = new WeakMap<pg.ClientBase, Held | 'unknown'>()

  return {
    async hold(client, reach) {
      if (reach === 'people') return
      const is = held.get(client) ?? fresh
      const isWeb = reach !== 'everything'
      const zones = isWeb ? zonesOf(reach) : is === 'unknown' ? '' : is.zones
      if (is !== 'unknown' && is.isWeb === isWeb && (!isWeb || is.zones === zones)) return
      const parts = [
        ...(is === 'unknown' || is.isWeb !== isWeb ? [isWeb ? `set role ${webRole}` : 'reset role'] : []),
        ...(isWeb && (is === 'unknown' || is.zones !== zones) ? [zones] : []),
      ]
      held.set(client, 'unknown')
      await client.query(parts.join('; '))
      held.set(client, is === 'unknown' && !isWeb ? fresh : { isWeb, zones })
    },
    rolledBack(client) {
      if (held.has(client)) held.set(client, 'unknown')
    },
  }
}

const told = new WeakMap<Scope, string>()

/** The statements that tell a connection the zones of a scope: numbers alone, so that nothing needs to be quoted. */
function zonesOf(scope: Scope): string {
  const known = told.get(scope)
  if (known !== undefined) return known
  const list = (zones: readonly number[]) => `'{${zones.map(Number).join(',')}}'`
  const text = `set accession.catalogue = ${list(scope.catalogue)}; set accession.own = ${list(scope.own)}; set accession.changed = ${list(scope.changed)}`
  told.set(scope, text)
  return text
}
