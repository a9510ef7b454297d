import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import flakyReport from './flaky-report.ts';
import httpRequest from './http-request.ts';
import importCsv from './import-csv.ts';
import processVoice from './process-voice.ts';
import sendMessage from './send-message.ts';

const definitions = [flakyReport, httpRequest, importCsv, processVoice, sendMessage].map(
  (definition) => [definition.name, definition] as const,
);

/** As the web reads a published schema: unknown formats and hints are ignored. */
const compile = (payload: z.ZodType) =>
  new Ajv2020({ strict: false, validateFormats: false }).compile(z.toJSONSchema(payload, { io: 'input' }));

describe.each(definitions)('%s', (_name, definition) => {
  test('publishes a schema with a title for every field', () => {
    const schema = z.toJSONSchema(definition.payload, { io: 'input' });
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    for (const field of Object.values(schema.properties ?? {}))
      expect(field).toMatchObject({ title: expect.any(String) });
    expect(definition.description).not.toBe('');
  });

  test('has an example that works, or none', () => {
    if (Object.keys(definition.example as object).length === 0) return;
    expect(definition.payload.safeParse(definition.example).success).toBe(true);
    expect(compile(definition.payload)(definition.example)).toBe(true);
  });
});

test('the hints for forms are in the schema', () => {
  const properties = (payload: z.ZodType) => z.toJSONSchema(payload, { io: 'input' }).properties;
  expect(properties(processVoice.payload)).toMatchObject({
    file: { type: 'string', format: 'taskdeck-file', accept: 'audio/wav,.wav', pattern: expect.any(String) },
  });
  expect(properties(importCsv.payload)).toMatchObject({
    file: { format: 'taskdeck-file', accept: 'text/csv,.csv,.tsv,.txt' },
  });
  expect(properties(sendMessage.payload)).toMatchObject({
    message: { format: 'textarea', minLength: 1, maxLength: 4000 },
    to: { pattern: expect.any(String), default: 'inbox' },
  });
});

test('what the web can tell from the schema, it refuses as the worker does', () => {
  const file = '0193aaaa-0000-7000-8000-000000000000';
  const voice = compile(processVoice.payload);
  expect([
    voice({ file }),
    voice({ url: 'https://x.de/a.wav' }),
    voice({}),
    voice({ file, url: 'https://x.de/a.wav' }),
    voice({ file: 'x' }),
  ]).toEqual([true, true, false, false, false]);
  const message = compile(sendMessage.payload);
  expect([message({ message: 'x' }), message({ message: 'x', to: 'nobody' }), message({ message: '' })]).toEqual([
    true,
    false,
    false,
  ]);
});
