import { z } from 'zod';
import { StartProblem } from '../start/problem.ts';

export type DemoTask = { definition: string; payload: unknown; priority?: number; delayMs?: number; tags?: string[] };

const problemSchema = z.object({ title: z.string().optional(), detail: z.string().optional() });
const acceptedSchema = z.object({ id: z.string() });

/** What the demo needs of Taskdeck's HTTP API. */
export function createClient(baseUrl: string, key: string) {
  async function post(path: string, body: string | FormData): Promise<{ id: string }> {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
    };
    const response = await fetch(`${baseUrl}${path}`, { method: 'POST', headers, body }).catch((cause: unknown) => {
      throw new StartProblem(`${baseUrl} does not answer`, 'Start Taskdeck with "npm start".', { cause });
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return acceptedSchema.parse(answer);
    const problem = problemSchema.safeParse(answer).data;
    throw new StartProblem(
      `POST ${path} was refused with ${response.status}: ${problem?.detail ?? problem?.title ?? 'no reason given'}`,
      'See the log of the web server.',
    );
  }
  return {
    submit: (task: DemoTask) => post('/api/tasks', JSON.stringify(task)),
    /** Returns the file's id. */
    async upload(content: Buffer, name: string, type: string): Promise<string> {
      const form = new FormData();
      form.set('file', new File([new Uint8Array(content)], name, { type }));
      return (await post('/api/files', form)).id;
    },
  };
}
