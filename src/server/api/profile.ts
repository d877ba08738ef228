import { type Static, Type } from 'typebox'
import { shelvingSchemes } from '../../rules/holdings/call-number-sort.ts'
import type { Filter } from '../../rules/import-profile.ts'
import { closed, Cursor, Limit, list, nullable, page, Time, ZoneCode } from './shape.ts'

export const ProfileCode = Type.String({ minLength: 1, maxLength: 100 })

const Version = Type.Integer({ minimum: 1, maximum: 2147483647 })

export const Profile = Type.Object(
  {
    zone: ZoneCode,
    code: ProfileCode,
    name: Type.String(),
    type: Type.Enum(['repository', 'new-order', 'update-inventory']),
    version: Version,
    isCurrent: Type.Boolean(),
    active: Type.Boolean(),
    useNetworkZone: Type.Boolean(),
    originatingSystem: Type.String(),
    summary: Type.String({ description: 'What the profile does, in one sentence.' }),
  },
  { ...closed, title: 'Profile' },
)
export type Profile = Static<typeof Profile>

export const Profiles = list(Profile)

const TagSetting = nullable(Type.Object({ set: Type.Boolean(), when: Type.Enum(['always', 'new']) }, closed))

const NormalizeStep = Type.Union([
  Type.Object(
    {
      do: Type.Enum([
        'oclc-001-to-035',
        'copy-019-to-035z',
        'strip-oclc-export-fields',
        'oclc-035-canonical',
        'remove-empty-subfields',
      ]),
    },
    closed,
  ),
  Type.Object({ do: Type.Literal('remove-fields'), tags: list(Type.String()) }, closed),
  Type.Object({ do: Type.Literal('add-field'), field: Type.String() }, closed),
  Type.Object({ do: Type.Literal('rule'), rule: ProfileCode }, closed),
])

const Others = Type.Enum(['delete', 'suppress', 'keep'])
const Handling = Type.Enum(['manual', 'automatic'])
const OclcGuard = Type.Enum(['off', 'warn', 'review', 'refuse'])

const PlaceCode = Type.String({ minLength: 1, maxLength: 60 })

const ValueSource = Type.Object(
  {
    field: Type.Optional(Type.String()),
    subfield: Type.Optional(Type.String()),
    default: Type.Optional(Type.String()),
    map: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { ...closed, title: 'ValueSource' },
)
const optionalSource = Type.Optional(ValueSource)

const PhysicalInventory = Type.Object(
  {
    make: Type.Enum(['holdings-and-items', 'holdings']),
    policy: Type.Enum(['basic', 'advanced']),
    itemField: Type.Optional(Type.String()),
    number: optionalSource,
    library: ValueSource,
    location: ValueSource,
    places: Type.Optional(
      list(
        Type.Object(
          {
            from: Type.Object(
              { library: Type.Optional(Type.String()), location: Type.Optional(Type.String()) },
              closed,
            ),
            library: PlaceCode,
            location: PlaceCode,
          },
          closed,
        ),
      ),
    ),
    callNumber: optionalSource,
    callNumberType: Type.Optional(Type.Enum([...shelvingSchemes])),
    bibCallNumber: Type.Enum(['never', 'on-new', 'always']),
    item: Type.Optional(
      Type.Object(
        {
          barcode: optionalSource,
          policy: optionalSource,
          materialType: optionalSource,
          copyNumber: optionalSource,
          description: optionalSource,
          publicNote: optionalSource,
          fulfilmentNote: optionalSource,
          internalNote: optionalSource,
          inventoryNumber: optionalSource,
          receivedOn: optionalSource,
        },
        closed,
      ),
    ),
    enumeration: Type.Optional(list(ValueSource)),
    chronology: Type.Optional(list(ValueSource)),
    holdingsFields: Type.Optional(list(Type.Object({ from: Type.String(), to: Type.String() }, closed))),
  },
  { ...closed, title: 'PhysicalInventory' },
)

const ElectronicInventory = Type.Object(
  {
    portfolios: Type.Enum(['each', 'one']),
    url: Type.Object({ field: Type.String(), subfield: Type.String() }, closed),
    skipIndicators: Type.Optional(list(Type.String())),
    activate: Type.Boolean(),
    onDelete: Type.Optional(Type.Enum(['keep', 'deactivate', 'delete'])),
    library: optionalSource,
    publicNote: optionalSource,
    internalNote: optionalSource,
    authenticationNote: optionalSource,
    materialType: optionalSource,
    collection: Type.Optional(Type.String()),
    service: Type.Optional(Type.String()),
  },
  { ...closed, title: 'ElectronicInventory' },
)

const Inventory = Type.Object(
  {
    operations: Type.Enum(['none', 'physical', 'electronic', 'mixed']),
    physical: Type.Optional(PhysicalInventory),
    electronic: Type.Optional(ElectronicInventory),
    removeFields: Type.Optional(list(Type.String())),
  },
  { ...closed, title: 'ProfileInventory' },
)

/** The profile as `src/rules/import-profile.ts` has it, version aside. */
export const ImportProfile = Type.Object(
  {
    code: ProfileCode,
    name: Type.String(),
    description: Type.Optional(Type.String()),
    type: Type.Enum(['repository', 'new-order', 'update-inventory']),
    active: Type.Boolean(),
    useNetworkZone: Type.Boolean(),
    originatingSystem: Type.String(),
    reading: Type.Enum(['strict', 'repair', 'lossy']),
    filter: nullable(
      Type.Unsafe<Filter>({
        type: 'object',
        description: 'A condition; a record that meets it is left out.',
      }),
    ),
    normalize: list(NormalizeStep),
    exceptions: Type.Optional(ProfileCode),
    validate: Type.Record(Type.String(), Type.Enum(['error', 'warning', 'off'])),
    match: Type.Object(
      {
        method: Type.String(),
        serial: Type.Optional(Type.String()),
        handling: Type.Enum(['automatic', 'manual']),
        multi: Type.Object(
          {
            disregardCommunity: Type.Boolean(),
            disregardCancelled: Type.Boolean(),
            preferSameCarrier: Type.Boolean(),
            skipUnresolved: Type.Boolean(),
            combine: Type.Optional(
              nullable(
                Type.Object(
                  {
                    handling: Handling,
                    preferred: Type.Enum(['most-inventory', 'fullest', 'oldest', 'newest']),
                    others: Others,
                    mergeRule: ProfileCode,
                  },
                  closed,
                ),
              ),
            ),
          },
          closed,
        ),
        steps: Type.Optional(
          list(
            Type.Object(
              {
                method: Type.String(),
                for: Type.Enum(['serial', 'non-serial', 'all']),
                prefix: Type.Optional(Type.String()),
              },
              closed,
            ),
          ),
        ),
        weighted: Type.Optional(
          Type.Object(
            {
              weights: Type.Optional(
                Type.Record(
                  Type.String(),
                  Type.Object(
                    { agree: Type.Optional(Type.Integer()), disagree: Type.Optional(Type.Integer()) },
                    closed,
                  ),
                ),
              ),
              vetoes: Type.Optional(list(Type.String())),
              doubts: Type.Optional(list(Type.String())),
              thresholds: Type.Optional(
                Type.Object({ match: Type.Integer(), review: Type.Integer() }, closed),
              ),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    onMatch: Type.Object(
      {
        action: Type.Enum(['merge', 'overlay', 'do-not-import', 'import']),
        mergeRule: Type.String(),
        briefGuard: Type.Boolean(),
        olderVersion: Type.Enum(['disabled', 'consider-originating-system', 'ignore-originating-system']),
        keepOriginatingSystem: Type.Boolean(),
        oclc: Type.Optional(
          Type.Object(
            { twoCurrent: OclcGuard, numberChange: OclcGuard, cancelledElsewhere: OclcGuard },
            closed,
          ),
        ),
      },
      closed,
    ),
    redirect: Type.Optional(
      nullable(
        Type.Object(
          {
            field: Type.String(),
            subfield: Type.String(),
            handling: Handling,
            others: Others,
            mergeRule: ProfileCode,
          },
          closed,
        ),
      ),
    ),
    onNoMatch: Type.Enum(['import', 'do-not-import']),
    deletes: Type.Enum(['not-allowed', 'delete', 'suppress']),
    tags: Type.Object(
      {
        suppress: TagSetting,
        publishToOclc: nullable(
          Type.Object(
            {
              set: Type.Enum(['publish', 'holdings-only', 'do-not-publish']),
              when: Type.Enum(['always', 'new']),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    protect: list(Type.String()),
    inventory: Type.Optional(nullable(Inventory)),
  },
  { ...closed, title: 'ImportProfile' },
)
export type ImportProfile = Static<typeof ImportProfile>

export const WholeProfile = Type.Object(
  {
    ...Profile.properties,
    changedAt: Time,
    changedBy: nullable(Type.String()),
    profile: ImportProfile,
  },
  { ...closed, title: 'WholeProfile' },
)
export type WholeProfile = Static<typeof WholeProfile>

export const ProfileParams = Type.Object({ zone: ZoneCode, code: ProfileCode }, closed)

export const ProfileVersionParams = Type.Object({ ...ProfileParams.properties, version: Version }, closed)

const SettingChange = Type.Object(
  {
    path: Type.String({ description: 'Where in the profile: `match.multi.skipUnresolved`.' }),
    before: nullable(Type.String({ description: 'JSON; nothing where the setting was not there.' })),
    after: nullable(Type.String()),
  },
  { ...closed, title: 'SettingChange' },
)

const ProfileVersion = Type.Object(
  {
    version: Version,
    isCurrent: Type.Boolean(),
    changedAt: Time,
    changedBy: nullable(Type.String()),
    changes: list(SettingChange),
  },
  {
    ...closed,
    title: 'ProfileVersion',
    description: 'With what it changed of the version before it; of the first, nothing.',
  },
)

export const ProfileVersionPage = page(ProfileVersion)
export type ProfileVersionPage = Static<typeof ProfileVersionPage>

export const ProfileVersionQuery = Type.Object(
  { before: Type.Optional(Cursor), limit: Limit(200, 50) },
  closed,
)

export const ProfileChangesQuery = Type.Object({ from: Version }, closed)

export const ProfileChanges = Type.Object(
  { from: Version, to: Version, changes: list(SettingChange) },
  { ...closed, title: 'ProfileChanges' },
)
export type ProfileChanges = Static<typeof ProfileChanges>
