import { z } from 'zod';
import { errorStatus, type ErrorCode } from '#lib/errors';

const codes = Object.keys(errorStatus) as ErrorCode[];

/** RFC 9457 problem JSON, as app/api/problem.ts writes it. */
export const problemSchema = z.object({
  type: z.string().meta({ description: 'urn:taskdeck:error:<code>' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'What happened, for a person to read.' }),
  code: z.enum(codes),
  hint: z.string().optional().meta({ description: 'What to do about it.' }),
  errors: z
    .array(z.object({ pointer: z.string().meta({ description: 'A JSON pointer (RFC 6901).' }), message: z.string() }))
    .optional()
    .meta({ description: 'The fields that were refused.' }),
  instance: z.string().meta({ description: 'The request id, as the log has it.' }),
});
