/** What decides the server's configuration file. */
export type ServerSettings = { host: string; port: number; durable: boolean; starting: boolean };

/** The file in the data folder that is written anew at each start. */
export const GENERATED_CONF = 'taskdeck.conf';

/**
 * The settings of the embedded server, written to `taskdeck.conf` in the data folder at each start.
 * To change one on a single machine, add it to `postgresql.conf` beside that file: what stands there wins.
 */
export function serverSettings({ host, port, durable, starting }: ServerSettings): Record<string, string> {
  return {
    // Reached by this machine only, by TCP only: a Unix socket's path may exceed 107 bytes.
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',

    // A commit that was answered survives a power cut.
    fsync: onOff(durable),
    // Also for tests: replication sends only what is flushed, and without this that happens each 200 ms.
    synchronous_commit: 'on',
    full_page_writes: onOff(durable),

    // A start that crashes (a full disk) ends and is explained; later a crashed backend must not end the server.
    restart_after_crash: onOff(!starting),

    // The gateway reads realtime.messages through a logical slot.
    wal_level: 'logical',
    max_wal_senders: '10',
    max_replication_slots: '10',
    // The slot is temporary, so this only bounds what one stuck gateway can hold back.
    max_slot_wal_keep_size: '2GB',

    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    min_wal_size: '160MB',
    checkpoint_timeout: '15min',
    wal_compression: 'pglz',
    random_page_cost: '1.1',
    effective_io_concurrency: '32',
    // Compiling a plan costs more than any query of an OLTP load saves.
    jit: 'off',
    // A queue's tables turn over quickly: vacuum early, in small bites.
    autovacuum_naptime: '20s',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.05',
    // A client that died in a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: '5min',
    tcp_keepalives_idle: '60',

    // As a Supabase project has it; set here and not for a database, so that copies of a template have it too.
    search_path: '"$user", public, extensions',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, mdy',
    default_text_search_config: 'pg_catalog.english',
    lc_messages: 'C',

    log_destination: 'stderr',
    logging_collector: 'off',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic', // statements and their values may hold secrets
    log_min_duration_statement: '-1',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %u@%d ',
  };
}

/** The text of `taskdeck.conf`. */
export function renderSettings(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return [
    '# Written at each start from supabase/local/postgres/settings.ts. Your own settings belong in postgresql.conf.',
    ...lines,
    '',
  ].join('\n');
}

/** The text of `postgresql.conf`, written once when the data folder is made. */
export function userConfig(): string {
  return `include '${GENERATED_CONF}'\n# Your own settings go below and win over the file above.\n`;
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}
