import { encodingLevels } from './encoding-level.ts'
import { resourceTypes } from './resource-type.ts'
import type { CodeValue, ColumnIndex, IndexGroup } from './search-index.ts'

type Written = Pick<ColumnIndex, 'code' | 'name' | 'column' | 'type' | 'values'> & {
  readonly alias?: string | readonly string[]
}

const ofColumn =
  (group: IndexGroup) =>
  ({ alias, ...index }: Written): ColumnIndex => ({
    ...index,
    kind: 'column',
    group,
    aliases: alias === undefined ? [] : [alias].flat(),
    isSimple: false,
  })

const coded = ofColumn('coded')
const managed = ofColumn('management')

const yesOrNo: readonly CodeValue[] = [
  { value: 'yes', name: 'Yes' },
  { value: 'no', name: 'No' },
]

const carriers: readonly CodeValue[] = [
  { value: 'print', name: 'Print' },
  { value: 'electronic', name: 'Electronic' },
  { value: 'other', name: 'Other' },
]

/** What the record says in its fixed fields. */
export const codedIndexes: readonly ColumnIndex[] = [
  coded({
    code: 'year',
    name: 'Publication year',
    alias: 'alma.main_pub_date',
    column: 'year',
    type: 'number',
  }),
  coded({
    code: 'additional-year',
    name: 'Additional publication year',
    alias: 'alma.additional_pub_date',
    column: 'second_year',
    type: 'number',
  }),
  coded({ code: 'language', name: 'Language', alias: 'alma.language', column: 'languages', type: 'code' }),
  coded({
    code: 'country',
    name: 'Country of publication',
    alias: 'alma.country_of_publication',
    column: 'country',
    type: 'code',
  }),
  coded({
    code: 'resource-type',
    name: 'Resource type',
    alias: ['alma.mms_resource_type', 'alma.mms_material_type'],
    column: 'resource_type',
    type: 'code',
    values: resourceTypes,
  }),
  coded({ code: 'carrier', name: 'Carrier', column: 'carrier', type: 'code', values: carriers }),
  coded({
    code: 'encoding-level',
    name: 'Cataloging (encoding) level',
    alias: 'alma.cataloging_level',
    column: 'encoding_level',
    type: 'code',
    values: encodingLevels,
  }),
  coded({
    code: 'open-access',
    name: 'Open access',
    alias: 'alma.open_access',
    column: 'open_access',
    type: 'boolean',
    values: yesOrNo,
  }),
]

/** What the catalogue knows of the bib beside its record. */
export const managementIndexes: readonly ColumnIndex[] = [
  managed({
    code: 'brief-level',
    name: 'Brief level',
    alias: 'alma.brief_level',
    column: 'brief_level',
    type: 'number',
  }),
  managed({
    code: 'suppressed',
    name: 'Suppressed',
    alias: 'alma.mms_tagSuppressed',
    column: 'suppressed',
    type: 'boolean',
    values: yesOrNo,
  }),
  managed({
    code: 'publish-to-oclc',
    name: 'Publish to OCLC',
    alias: 'alma.mms_tagSyncExternalCatalog',
    column: 'publish_to_oclc',
    type: 'code',
    values: [
      { value: 'publish', name: 'Publish bibliographic record' },
      { value: 'holdings-only', name: 'Publish holdings only' },
      { value: 'do-not-publish', name: 'Don’t publish' },
    ],
  }),
  managed({
    code: 'linked',
    name: 'Is linked',
    alias: 'alma.is_linked',
    column: 'linked',
    type: 'boolean',
    values: yesOrNo,
  }),
  managed({
    code: 'linked-zone',
    name: 'Linked to',
    alias: 'alma.linked_institution',
    column: 'linked_zone',
    type: 'code',
    values: [
      { value: 'network', name: 'Network' },
      { value: 'community', name: 'Community' },
    ],
  }),
  managed({
    code: 'originating-system',
    name: 'Originating system',
    alias: 'alma.originating_system',
    column: 'originating_system',
    type: 'code',
  }),
  managed({
    code: 'created',
    name: 'Creation date',
    alias: 'alma.mms_createDate',
    column: 'created_at',
    type: 'date',
  }),
  managed({
    code: 'created-by',
    name: 'Created by',
    alias: 'alma.mms_createdBy',
    column: 'created_by',
    type: 'text',
  }),
  managed({
    code: 'changed',
    name: 'Modification date',
    alias: 'alma.mms_modificationDate',
    column: 'changed_at',
    type: 'date',
  }),
  managed({
    code: 'changed-by',
    name: 'Modified by',
    alias: 'alma.mms_modifiedBy',
    column: 'changed_by',
    type: 'text',
  }),
  managed({ code: 'job', name: 'Imported by job', column: 'job', type: 'number' }),
]
