/**
 * The errors of Alma's API that are answered here, with its texts, on which clients branch; an X is what the
 * request named. `docs/alma-api.md` lists them with what causes each.
 */
export const almaErrors = {
  UNAUTHORIZED: 'API-key not defined or not configured to allow this API.',
  FORBIDDEN: 'The API-key does not allow this.',
  INVALID_REQUEST: 'The request is not valid.',
  '401652': 'General Error - An error has occurred while processing the request.',
  '401849': 'Item delete errors: X',
  '401689': 'No items found for barcode X.',
  '401873': 'Input parameter mms_id or parameter override is not valid.',
  '402203': 'Input parameters mmsId X is not valid.',
  '402204': 'Input parameters mmsId X is not numeric.',
  '402208': 'Search failed for Holdings ID: X',
  '402209': 'Given bib xml is invalid.',
  '402210': 'Failed to create new bib.',
  '402211': 'Given holding xml is invalid.',
  '402469': 'The library code is not valid.',
  '402502': 'Scan in of item failed.',
  '402504': 'Scan in has failed due to item retrieve issue.',
  '33007': 'No record found for MMS id X',
  '33008': 'Failed to create holding due to errors: X',
  '40166404': 'An invalid field has been entered in the item object.',
  '40166411': 'Param value is invalid.',
  '40166452': 'Error - Not supported from the network zone.',
  '40166454': 'Error - Not supported from the community zone.',
  '4022020': 'Delete Bib error.',
  '4022030': 'Invalid normalization profile ID.',
  '4022031': 'Failed to normalize record.',
  '4022032': 'The record failed validation (with specified error).',
  '4022033': 'Failed validation on the record.',
  '4022034': 'A newer version of this record exists in the repository.',
  '4022040': 'Cataloging level is not enabled for your institution.',
  '60105': 'JSON is not supported for this API.',
  '60123': 'Failed to find the Portfolio ID.',
  '60161': 'The portfolio availability code is not valid.',
  '60164': 'Failed to create the Portfolio metadata.',
  '60165': 'A metadata operation has failed.',
  '60166': 'The URL type is not valid.',
  '60167': 'The proxy enable flag is not valid.',
  '60213': 'Holding ID not valid.',
  '60214': 'Holding has been deleted or cannot be deleted.',
  '60218': 'Invalid action on Bib record without holdings.',
  '60221': 'The MMS ID is not valid.',
  '60307': 'The given bib object has matching records.',
} as const

export type AlmaCode = keyof typeof almaErrors

/** A request of Alma's API that is answered with one of its errors. */
export class AlmaError extends Error {
  override name = 'AlmaError'
  readonly code: AlmaCode
  readonly status: 400 | 403 | 404 | 500

  /** `about` is what stands for the X of the text; `more` follows it, for people. */
  constructor(
    code: AlmaCode,
    {
      about = '',
      more = '',
      status = 400,
    }: { about?: string; more?: string; status?: AlmaError['status'] } = {},
  ) {
    const text: string = almaErrors[code]
    super([text.replace(/\bX\b/, () => about), more].filter((part) => part !== '').join(' '))
    this.code = code
    this.status = status
  }
}
