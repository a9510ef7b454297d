import { z } from 'zod';

const maxDelayMs = 366 * 86_400_000;

/** What a program or page may say when it submits a task; pure, so that forms may read it. */
export const submitSchema = z
  .strictObject({
    definition: z.string().min(1).max(64),
    payload: z.unknown().optional(),
    queue: z.string().min(1).max(40).optional(),
    /** -100 to 100, higher first. */
    priority: z.int().min(-100).max(100).optional(),
    delayMs: z.int().min(0).max(maxDelayMs).optional(),
    runAt: z.iso.datetime({ offset: true }).optional(),
    tags: z.array(z.string().min(1).max(64)).max(20).optional(),
  })
  .refine((input) => input.delayMs === undefined || input.runAt === undefined, {
    path: ['runAt'],
    message: 'Give delayMs or runAt, not both.',
  });

export type SubmitInput = z.infer<typeof submitSchema>;

/** A client's own name for one submit. */
export const idempotencyKeySchema = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/, 'has visible ASCII characters only');
