/** A value of a configuration with its place in it, as `match.multi.skipUnresolved`. */
export type Setting = { readonly path: string; readonly value: string }

/** The values of a configuration in its order, each as JSON; lists and empty objects are values. */
export function settingsOf(configuration: object, within = ''): Setting[] {
  return Object.entries(configuration).flatMap(([name, value]: [string, unknown]) => {
    const path = within === '' ? name : `${within}.${name}`
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && Object.keys(value).length > 0
      ? settingsOf(value, path)
      : [{ path, value: JSON.stringify(value) }]
  })
}

export type SettingChange = {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** What differs between two configurations, by place. */
export function settingChanges(before: object, after: object): SettingChange[] {
  const was = new Map(settingsOf(before).map(({ path, value }) => [path, value]))
  const is = new Map(settingsOf(after).map(({ path, value }) => [path, value]))
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((path) => ({ path, before: was.get(path) ?? null, after: is.get(path) ?? null }))
    .filter((change) => change.before !== change.after)
}
