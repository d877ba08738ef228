/** D39: what one client may take, and how long things may last. Sizes in bytes, times in milliseconds. */
export type GatewayLimits = {
  /** Connections in all, and from one source (`sourceOf`). */
  readonly connections: number
  readonly connectionsPerSource: number
  /** Records of one source that are imported at once; the others wait in line. */
  readonly importsPerSource: number
  /** What the connections of one source may have sent that is not answered yet. */
  readonly heldPerSource: number
  /** One message: header, filler and record. */
  readonly message: number
  /** From the first byte of a message to its last. */
  readonly messageMs: number
  /** Between messages. */
  readonly idleMs: number
  /** Silence after which a record that ended too soon is refused, and a client that said goodbye is let go. */
  readonly quietMs: number
  /** Below Connexion's own timeout (100 s), so that the client hears of it. */
  readonly importMs: number
  /** How long a client may take to take a reply. */
  readonly replyMs: number
  /** How long, and for how many bytes, a client is listened to after the connection is done with. */
  readonly lingerMs: number
  readonly lingerBytes: number
  /** How long `stop` waits for imports that are in hand. */
  readonly stopMs: number
}

export const gatewayLimits: GatewayLimits = {
  connections: 10_000,
  connectionsPerSource: 2000,
  importsPerSource: 8,
  heldPerSource: 16 * 1024 * 1024,
  message: 1024 * 1024,
  messageMs: 30_000,
  idleMs: 120_000,
  quietMs: 2000,
  importMs: 90_000,
  replyMs: 30_000,
  lingerMs: 2000,
  lingerBytes: 4 * 1024 * 1024,
  stopMs: 20_000,
}
