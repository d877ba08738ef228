import type { ImportProfile } from './import-profile.ts'

/** The profile with its settings in the order of `ImportProfile`: the database keeps them in one of its own. */
export const inOrder = (profile: ImportProfile): ImportProfile => {
  const { match, onMatch, tags } = profile
  return {
    code: profile.code,
    name: profile.name,
    ...(profile.description === undefined ? {} : { description: profile.description }),
    type: profile.type,
    active: profile.active,
    useNetworkZone: profile.useNetworkZone,
    originatingSystem: profile.originatingSystem,
    reading: profile.reading,
    filter: profile.filter,
    normalize: profile.normalize,
    ...(profile.exceptions === undefined ? {} : { exceptions: profile.exceptions }),
    validate: profile.validate,
    match: {
      method: match.method,
      ...(match.serial === undefined ? {} : { serial: match.serial }),
      handling: match.handling,
      multi: {
        disregardCommunity: match.multi.disregardCommunity,
        disregardCancelled: match.multi.disregardCancelled,
        preferSameCarrier: match.multi.preferSameCarrier,
        skipUnresolved: match.multi.skipUnresolved,
        ...(match.multi.combine === undefined ? {} : { combine: match.multi.combine }),
      },
      ...(match.steps === undefined ? {} : { steps: match.steps }),
      ...(match.weighted === undefined ? {} : { weighted: match.weighted }),
    },
    onMatch: {
      action: onMatch.action,
      mergeRule: onMatch.mergeRule,
      briefGuard: onMatch.briefGuard,
      olderVersion: onMatch.olderVersion,
      keepOriginatingSystem: onMatch.keepOriginatingSystem,
      ...(onMatch.oclc === undefined ? {} : { oclc: onMatch.oclc }),
    },
    ...(profile.redirect === undefined ? {} : { redirect: profile.redirect }),
    onNoMatch: profile.onNoMatch,
    deletes: profile.deletes,
    tags: { suppress: tags.suppress, publishToOclc: tags.publishToOclc },
    protect: profile.protect,
    ...(profile.inventory === undefined ? {} : { inventory: profile.inventory }),
  }
}
