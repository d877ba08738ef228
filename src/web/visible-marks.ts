/**
 * What cannot be seen, or turns its neighbours round: control characters but line breaks and tabs, and the
 * embeddings, overrides and isolates of the bidirectional algorithm. The plain marks of direction (U+200E,
 * U+200F, U+061C) belong to Hebrew and Arabic text, turn nothing round, and stay.
 */
const marks = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu

/** The text with such characters as their code points, U+202E as `⟦202E⟧`. */
export const withVisibleMarks = (text: string): string =>
  text.replace(marks, (mark) => `⟦${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`)
