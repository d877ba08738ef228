import type { Entity } from '../rules/search/search-index.ts'

/** Short names of the kinds of results. */
export const entityTypes = {
  all: 'all-titles',
  physical: 'physical-titles',
  items: 'physical-items',
  electronic: 'electronic-titles',
  portfolios: 'electronic-portfolios',
} as const satisfies Record<string, Entity>

export type EntityType = keyof typeof entityTypes

export const typeOfEntity = (entity: Entity): EntityType =>
  (Object.keys(entityTypes) as EntityType[]).find((type) => entityTypes[type] === entity) ?? 'all'
