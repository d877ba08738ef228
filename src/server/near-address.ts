/** Where this machine reaches its own gateway: one that listens on all addresses listens on its own too. */
export const nearAddress = (host: string): string => ({ '0.0.0.0': '127.0.0.1', '::': '::1' })[host] ?? host
