import postgres from 'postgres';
import { environment } from './environment.ts';

/** Writes what no caller of the API could: rows larger than a request may be. */
export const rows = postgres(environment.DATABASE_URL, { max: 1, onnotice: () => undefined });

export const closeRows = (): Promise<void> => rows.end({ timeout: 5 });
