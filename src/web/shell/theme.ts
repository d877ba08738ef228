export const themes = ['system', 'light', 'dark'] as const

export type Theme = (typeof themes)[number]

export const themeOf = (text: string): Theme => themes.find((theme) => theme === text) ?? 'system'

const stored = 'accession.theme'

export function storedTheme(): Theme {
  return themeOf(localStorage.getItem(stored) ?? '')
}

/** The style sheet reads the attribute; without it the system decides. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(stored, theme)
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
