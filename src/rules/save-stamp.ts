/** A time as 005 writes it, in UTC: what a bib has of its last save. */
export const stampOf = (time: Date): string => `${time.toISOString().replace(/[-:T]/g, '').slice(0, 14)}.0`
