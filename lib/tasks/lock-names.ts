import { createHash } from 'node:crypto';
import type { Queryable } from '#lib/db/index';

/** Kinds of names, each with locks of its own: any numbers. */
const spaces = { submit: 7_308_011, admit: 7_308_012 };

/** The locks a transaction may take are limited by the server, so many names share one. */
const locksPerSpace = 256;

const lockOf = (name: string): number => createHash('sha256').update(name).digest().readUInt16BE() % locksPerSpace;

/**
 * Holds names until the transaction ends; who wants one of them meanwhile waits. Always in the same order, so that two
 * never wait for one another. What is read by a later statement of the transaction stays true until it ends.
 */
export async function lockNames(tx: Queryable, space: keyof typeof spaces, names: string[]): Promise<void> {
  const locks = [...new Set(names.map(lockOf))].sort((a, b) => a - b);
  await tx`select pg_advisory_xact_lock(${spaces[space]}, lock) from unnest(${locks}::integer[]) as lock`;
}
