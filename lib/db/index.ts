export { closeDatabase, db, openDatabase, useDatabase } from './client.ts';
export type { Queryable, Sql } from './client.ts';
export { createGroupCommit } from './group-commit.ts';
export { migrate } from './migrate.ts';
export { untilConnected } from './until-connected.ts';
