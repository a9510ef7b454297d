import { readFile } from '#lib/files/index';
import { handle } from '../../handle.ts';
import { idParam } from '../../request.ts';

const doc = { summary: 'Download a file', response: 'application/octet-stream' } as const;

export const GET = handle({ role: 'viewer', route: '/api/files/[id]', doc }, async ({ params }) => {
  const { info, content } = await readFile(idParam(params, 'file'));
  // RFC 8187: any name is safe in this form. Always an attachment: an uploaded page must not run on our origin.
  const name = encodeURIComponent(info.name.toWellFormed()).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(new Uint8Array(content), {
    headers: { 'content-type': info.mediaType, 'content-disposition': `attachment; filename*=UTF-8''${name}` },
  });
});
