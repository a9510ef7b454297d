import { z } from 'zod';

import type { ReplayRequest } from './replay.ts';

const MAX_REPLAY = 25;

/** What a client asks for when it joins; what is missing or wrong falls back to Realtime's defaults. */
export type JoinRequest = {
  isPrivate: boolean;
  ack: boolean;
  self: boolean;
  accessToken: string | null;
  /** 'invalid' when the request cannot be served. */
  replay: ReplayRequest | 'invalid' | null;
  wantsReplicationReady: boolean;
  wantsPostgresChanges: boolean;
};

const flag = z.boolean().catch(false);

const schema = z
  .object({
    access_token: z.string().nullish().catch(null),
    user_token: z.string().nullish().catch(null),
    config: z
      .object({
        private: flag,
        broadcast: z
          .object({ ack: flag, self: flag, replication_ready: flag, replay: z.unknown() })
          .partial()
          .catch({}),
        postgres_changes: z.array(z.unknown()).catch([]),
      })
      .partial()
      .catch({}),
  })
  .partial()
  .catch({});

const replaySchema = z.object({
  since: z.int().nonnegative(),
  limit: z.int().min(1).max(MAX_REPLAY).default(MAX_REPLAY),
});

/** Reads the payload of phx_join. Never throws: an unreadable payload is a public channel without options. */
export function parseJoin(payload: unknown): JoinRequest {
  const { access_token: accessToken, user_token: userToken, config = {} } = schema.parse(payload);
  const broadcast = config.broadcast ?? {};
  return {
    isPrivate: config.private ?? false,
    ack: broadcast.ack ?? false,
    self: broadcast.self ?? false,
    accessToken: accessToken ?? userToken ?? null,
    replay: parseReplay(broadcast.replay),
    wantsReplicationReady: broadcast.replication_ready ?? false,
    wantsPostgresChanges: (config.postgres_changes ?? []).length > 0,
  };
}

function parseReplay(value: unknown): ReplayRequest | 'invalid' | null {
  if (value === undefined || value === null) return null;
  const parsed = replaySchema.safeParse(value);
  return parsed.success ? parsed.data : 'invalid';
}
