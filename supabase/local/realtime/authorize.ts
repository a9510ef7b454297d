import { randomUUID } from 'node:crypto';

import postgres from 'postgres';

import type { Identity } from './identity.ts';

/** Asks the policies on realtime.messages. Both reject when the database cannot be reached. */
export type Authorizer = {
  mayRead(topic: string, identity: Identity): Promise<boolean>;
  mayWrite(topic: string, identity: Identity): Promise<boolean>;
};

const INSUFFICIENT_PRIVILEGE = '42501';

/** Ends the probe's transaction without keeping its row, and carries the answer out. */
class Rollback extends Error {
  readonly answer: boolean;

  constructor(answer: boolean) {
    super('rollback');
    this.answer = answer;
  }
}

/**
 * The RLS probe of Supabase Realtime: write a row as the superuser, then look whether the client's role sees it; or write
 * it under that role. Always rolled back. `topic` without `realtime:`.
 * @param onPolicyError told of a policy that raises, which counts as a refusal
 */
export function createAuthorizer(sql: postgres.Sql, onPolicyError: (error: unknown) => void): Authorizer {
  async function probe(run: (tx: postgres.TransactionSql) => Promise<boolean>): Promise<boolean> {
    try {
      await sql.begin(async (tx) => {
        throw new Rollback(await run(tx));
      });
      return false;
    } catch (error) {
      if (error instanceof Rollback) return error.answer;
      if (!(error instanceof postgres.PostgresError) || isServerTrouble(error.code)) throw error;
      if (error.code !== INSUFFICIENT_PRIVILEGE) onPolicyError(error);
      return false;
    }
  }

  // The statements of a probe are sent together: two round trips instead of five.
  return {
    mayRead: (topic, identity) =>
      probe(async (tx) => {
        const id = randomUUID();
        const [, , rows] = await Promise.all([
          tx`insert into realtime.messages (id, topic, extension) values (${id}, ${topic}, 'broadcast')`,
          assume(tx, topic, identity),
          tx`select id from realtime.messages where id = ${id}`,
        ]);
        return rows.length > 0;
      }),
    mayWrite: (topic, identity) =>
      probe(async (tx) => {
        await Promise.all([
          assume(tx, topic, identity),
          tx`insert into realtime.messages (topic, extension) values (${topic}, 'broadcast')`,
        ]);
        return true;
      }),
  };
}

/** The six settings that policies and auth.uid() read, for the rest of the transaction. */
function assume(
  tx: postgres.TransactionSql,
  topic: string,
  { role, sub, claims }: Identity,
): postgres.PendingQuery<postgres.Row[]> {
  return tx`select
    set_config('realtime.topic', ${topic}, true),
    set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
    set_config('request.jwt.claim.sub', ${sub}, true),
    set_config('request.jwt.claim.role', ${role}, true),
    set_config('request.headers', '{}', true),
    set_config('role', ${role}, true)`;
}

/** Classes 08, 53, 57, 58 (connection, resources, operator, system): the question was not answered. */
function isServerTrouble(code: string): boolean {
  return /^(08|53|57|58)/.test(code);
}
