import { parseInput } from '#lib/json/index';
import { log } from '#lib/observability/index';
import { type ExportedTask, exportTasks } from '#lib/tasks/index';
import { z } from 'zod';
import { handle } from '../../handle.ts';
import { queryOf } from '../../request.ts';
import { filterQuerySchema, parseFilterQuery } from '../list-query.ts';
import { csvHead, csvLine } from './csv.ts';

const formatSchema = z.object({
  format: z.enum(['csv', 'json'], { error: 'must be csv or json' }).meta({ description: 'csv or json.' }),
});

const doc = {
  summary: 'Export tasks',
  description:
    'All tasks that fit, newest first, as a file that is written while it is read: CSV with a heading, or a JSON array.',
  query: filterQuerySchema.extend(formatSchema.shape),
  response: 'text/csv' as const,
};

export const GET = handle({ role: 'viewer', route: '/api/tasks/export', doc }, async ({ request }) => {
  const { format: asked, ...query } = queryOf(request);
  const { format } = parseInput(formatSchema, { format: asked }, 'The query is not right.');
  const pages = exportTasks(parseFilterQuery(query));
  // The first page is read before the answer begins, so that a search that is wrong is refused and not broken off.
  const first = await pages.next();
  const name = `tasks-${new Date().toISOString().slice(0, 10)}.${format}`;
  return new Response(fileOf(format, first, pages), {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
});

/** Written as it is read: who reads slowly has the next page read later, and who goes away ends it. */
function fileOf(
  format: 'csv' | 'json',
  first: IteratorResult<ExportedTask[]>,
  pages: AsyncGenerator<ExportedTask[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { head, tail, line } = formats[format];
  let written = 0;
  let page: IteratorResult<ExportedTask[]> | undefined = first;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    async pull(controller) {
      try {
        const { value, done } = page ?? (await pages.next());
        page = undefined;
        if (done) {
          controller.enqueue(encoder.encode(tail));
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(value.map((task) => line(task, written++)).join('')));
      } catch (error) {
        log.error('An export was broken off', { error });
        controller.error(error);
      }
    },
    cancel: async () => void (await pages.return(undefined)),
  });
}

const formats = {
  csv: { head: csvHead, tail: '', line: csvLine },
  json: {
    head: '[',
    tail: '\n]\n',
    line: (task: ExportedTask, index: number) => `${index === 0 ? '' : ','}\n${JSON.stringify(task)}`,
  },
};
