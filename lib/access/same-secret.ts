import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

/** Compares in a time that tells nothing about where two strings differ, or how long they are. */
export const sameSecret = (offered: string, expected: string): boolean =>
  timingSafeEqual(digest(offered), digest(expected));
