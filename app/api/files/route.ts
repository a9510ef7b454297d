import { actorRef } from '#lib/access/index';
import { TaskdeckError } from '#lib/errors';
import { maxFileBytes, saveFile } from '#lib/files/index';
import { fileSchema } from '#lib/openapi/index';
import { z } from 'zod';
import { readForm } from '../body.ts';
import { handle } from '../handle.ts';

/** Room for the form's own lines around the file. */
const formBytes = 16 * 1024;

const doc = {
  summary: 'Upload a file for a payload to name',
  description: 'At most 10 MB; kept for 7 days.',
  form: z.object({ file: z.file() }),
  status: 201,
  response: fileSchema,
};

export const POST = handle({ role: 'operator', route: '/api/files', doc }, async ({ actor, request }) => {
  const form = await readForm(request, maxFileBytes + formBytes);
  const file = form.get('file');
  if (!(file instanceof File) || [...form.keys()].length !== 1) {
    throw new TaskdeckError('invalid', 'The form must hold one file.', {
      fields: [{ pointer: '/file', message: 'must be one file, and the only field' }],
    });
  }
  const content = Buffer.from(await file.arrayBuffer());
  const info = await saveFile({ actorRef: actorRef(actor), name: file.name, mediaType: file.type, content });
  return Response.json(info, { status: 201, headers: { location: `/api/files/${info.id}` } });
});
