import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'

const MB = 1 << 20
const GB = 1 << 30

/** Given on the command line, where neither a file nor ALTER SYSTEM can take them back. */
export const DURABLE_SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  listen_addresses: '',
  unix_socket_permissions: '0700',
}

/**
 * The text of accession.conf, written before each start: sized for this machine, for large loads beside a
 * responsive desk. An operator's own settings go into local.conf beside it, which is read after it.
 */
export async function serverSettings(cluster: string): Promise<string> {
  const memory = memoryBytes()
  const disk = await statfs(cluster)
  const shared = await statfs('/dev/shm').catch(() => null)
  const settings: Record<string, string> = {
    shared_buffers: megabytes(clamp(memory * 0.15, 128 * MB, GB)),
    effective_cache_size: megabytes(memory * 0.5),
    maintenance_work_mem: megabytes(clamp(memory * 0.05, 64 * MB, 512 * MB)),
    work_mem: '16MB',
    // Up to this much log is kept between checkpoints: a load writes fewer whole pages the rarer they are.
    max_wal_size: megabytes(clamp(disk.bavail * disk.bsize * 0.1, 512 * MB, 4 * GB)),
    min_wal_size: '256MB',
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    max_locks_per_transaction: '256',
    max_connections: '100',
    random_page_cost: '1.1',
    jit: 'off',
    autovacuum_naptime: '20s',
    autovacuum_analyze_scale_factor: '0.05',
    // Small in containers by default, and then parallel queries fail as if the disk were full.
    dynamic_shared_memory_type:
      shared !== null && shared.bavail * shared.bsize >= 256 * MB ? 'posix' : 'mmap',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // A week of logs, a file a day. Neither statements nor the keys of rows: they hold the library's data.
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_truncate_on_rotation: 'on',
    log_line_prefix: '%m [%p] %a ',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_lock_waits: 'on',
    log_checkpoints: 'off',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
  return `# Written at each start. Settings of your own go into local.conf.\n${lines.join('\n')}\n`
}

/** What there is for this process: the container's limit where one is set. */
function memoryBytes(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MB)}MB`
}
