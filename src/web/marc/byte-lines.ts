const perLine = 16

/** Bytes as lines of their place, their hexadecimal values, and what they are in ASCII. */
export function byteLines(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = [...bytes.subarray(at, at + perLine)]
    const values = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const characters = line.map((byte) => (byte < 0x7f ? visible(String.fromCharCode(byte)) : '·')).join('')
    lines.push(`${at.toString(16).padStart(5, '0')}  ${values.padEnd(perLine * 3 - 1)}  ${characters}`)
  }
  return lines
}

/** Control characters as their pictures, so that each is seen. */
export const visible = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f]/g, (control) =>
    control === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + control.charCodeAt(0)),
  )
