import { getPriority, setPriority } from 'node:os'

/** Enough that whoever waits at a desk is served first, and that work goes on where nobody does. */
const niceness = 10

/**
 * Has a process give way to others on this machine: by default this one, with the threads that it starts from here on.
 * What the system does not let it say stays unsaid: nothing but speed hangs on it.
 */
export function giveWay(pid = 0): void {
  try {
    if (getPriority(pid) < niceness) setPriority(pid, niceness)
  } catch {
    // Another user's process, or one that has gone.
  }
}
