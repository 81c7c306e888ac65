export type Settings = Readonly<Record<string, string>>;

/** How the embedded PostgreSQL runs. Given at each start, so that an upgrade of Varsam changes old clusters as well. */
export const shippedSettings: Settings = {
  listen_addresses: '127.0.0.1',
  // Sockets in a temporary folder could be reached, or squatted, by other users of the machine.
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, YMD',
  jit: 'off',
  // The log must never hold a value. Messages of level ERROR may quote one ('invalid input syntax for type …'), so
  // they are left out; the application logs their SQLSTATE.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_autovacuum_min_duration: '-1',
  log_checkpoints: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
};

/** For clusters that are thrown away: nothing survives a power cut, and nothing waits for the disk. */
export const throwAwaySettings: Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
};

export function settingArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
