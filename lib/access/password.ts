import { z } from 'zod';

/** What a password must keep to wherever one is chosen. */
export const passwordSchema = z
  .string()
  .min(8, 'needs at least 8 characters')
  // bcrypt reads no further.
  .refine((text) => Buffer.byteLength(text) <= 72, 'must be at most 72 bytes');
