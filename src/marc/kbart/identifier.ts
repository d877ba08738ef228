/** Whether a cell is an ISSN, with its check digit or not: providers' files have both. */
export const isIssn = (text: string): boolean => /^\d{4}-?\d{3}[\dx]$/i.test(text)

export const isIsbn = (text: string): boolean =>
  /^(?:97[89])?\d{9}[\dx]$/i.test(text.replaceAll(/[\s-]/g, ''))
