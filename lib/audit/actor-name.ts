import { db } from '#lib/db/index';

/**
 * For a select: what a person calls the actor of that column, the e-mail address or the API key's name; null when it is
 * gone, or never had one.
 *
 * @param column of actors as `actorRef` writes them, with its table's name.
 */
export const actorName = (column: string) => {
  const sql = db();
  return sql`coalesce((select email from members where 'user:' || user_id = ${sql(column)}),
    (select name from api_keys where 'key:' || api_keys.id = ${sql(column)}))`;
};
