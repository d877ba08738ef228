import type { MarcRecord } from '../marc/record.ts'

export type RecordKind = 'bib' | 'authority' | 'holdings' | 'classification' | 'community'

/** Which MARC 21 format a record is in, by leader/06 (D9). A value of none of them is taken as a bib, and validation says so. */
export function recordKind(record: MarcRecord): RecordKind {
  switch (record.leader[6]) {
    case 'z':
      return 'authority'
    case 'u':
    case 'v':
    case 'x':
    case 'y':
      return 'holdings'
    case 'w':
      return 'classification'
    case 'q':
      return 'community'
    default:
      return 'bib'
  }
}

/** D8: leader/05 d asks for the deletion of the bib. */
export const isDelete = (record: MarcRecord): boolean => record.leader[5] === 'd'
