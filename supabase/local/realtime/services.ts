import type postgres from 'postgres';

import type { Authorizer } from './authorize.ts';
import type { Hub } from './hub.ts';
import type { Identities } from './identity.ts';
import type { Limits } from './limits.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;

/** What sockets, channels and the broadcast endpoint share in one gateway. */
export type Services = {
  sql: postgres.Sql;
  hub: Hub;
  identities: Identities;
  authorizer: Authorizer;
  limits: Limits;
  log: Log;
  isReplicationUp(): boolean;
};
