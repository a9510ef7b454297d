import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SubmitInput } from '../api/types.ts';
import { answerApi } from '../testing/api.ts';
import { definition } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { NewTaskForm } from './new-task-form.tsx';

// Loaded beforehand: on a busy machine translating it takes longer than a test may wait.
import './more-options.tsx';
import './save-template-dialog.tsx';
import './start-from.tsx';

const push = jest.fn();
jest.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

const accepted = { status: 202, body: { id: 'task-1', state: 'pending' } };
async function show(over: Parameters<typeof definition>[0] = {}, initial?: SubmitInput) {
  renderPage(<NewTaskForm definition={definition(over)} queues={['default', 'slow']} initial={initial} />);
  // The folded options come after the page.
  await screen.findByText('Tags and metadata');
  await screen.findByRole('button', { name: 'Start from' });
}
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Submit task' }));
const submitted = (calls: ReturnType<typeof answerApi>) => calls.find(({ method }) => method === 'POST')?.body;

beforeEach(() => push.mockReset());

it('starts from the example and the defaults', async () => {
  await show();
  expect(screen.getByLabelText('Message')).toHaveValue('Hello');
  expect(screen.getByLabelText(/^To/)).toHaveValue('inbox');
});

it('starts from an earlier payload when there is one', async () => {
  await show({}, { definition: 'sendMessage', payload: { message: 'Again' } });
  expect(screen.getByLabelText('Message')).toHaveValue('Again');
});

it('submits what the form says and goes to the task', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  await show();
  await userEvent.type(screen.getByLabelText('Message'), '!');
  await userEvent.selectOptions(screen.getByLabelText('Queue'), 'slow');
  await submit();
  expect(submitted(calls)).toEqual({
    definition: 'sendMessage',
    payload: { message: 'Hello!', to: 'inbox' },
    queue: 'slow',
  });
  expect(push).toHaveBeenCalledWith('/tasks/task-1');
});

it('shows an error beside its field and submits nothing', async () => {
  const calls = answerApi({});
  await show();
  await userEvent.clear(screen.getByLabelText('Message'));
  await submit();
  expect(screen.getByLabelText('Message')).toHaveAccessibleDescription('Required.');
  expect(submitted(calls)).toBeUndefined();
});

it('puts the focus on the first field that is wrong', async () => {
  await show();
  await userEvent.clear(screen.getByLabelText('Message'));
  await submit();
  await new Promise(requestAnimationFrame);
  expect(screen.getByLabelText('Message')).toHaveFocus();
});

it('says nothing about a field that the reader is still to reach', async () => {
  await show({ example: {} });
  expect(screen.queryByText('Required.')).toBeNull();
});

it('shows what the API refused beside the field', async () => {
  answerApi({
    'POST /api/tasks': {
      status: 422,
      body: { detail: 'No.', code: 'invalid', errors: [{ pointer: '/payload/to', message: 'is not known here' }] },
    },
  });
  await show();
  await submit();
  expect(await screen.findByLabelText(/^To/)).toHaveAccessibleDescription('is not known here');
});

it('forgets what the API refused once the payload is another', async () => {
  answerApi({
    'POST /api/tasks': {
      status: 422,
      body: { detail: 'No.', code: 'invalid', errors: [{ pointer: '/payload/to', message: 'is not known here' }] },
    },
  });
  await show();
  await submit();
  await userEvent.type(await screen.findByLabelText(/^To/), 'x');
  expect(screen.getByLabelText(/^To/)).not.toHaveAccessibleDescription();
});

it('keeps form and JSON the same', async () => {
  await show();
  await userEvent.type(screen.getByLabelText('Message'), '!');
  await userEvent.click(screen.getByRole('tab', { name: 'JSON' }));
  const json = screen.getByLabelText('Payload as JSON');
  expect(json).toHaveValue(JSON.stringify({ to: 'inbox', message: 'Hello!' }, null, 2));
  await userEvent.clear(json);
  await userEvent.click(json);
  await userEvent.paste('{"message":"by hand"}');
  await userEvent.click(screen.getByRole('tab', { name: 'Form' }));
  expect(screen.getByLabelText('Message')).toHaveValue('by hand');
});

it('submits nothing while the JSON is not valid', async () => {
  const calls = answerApi({});
  await show();
  await userEvent.click(screen.getByRole('tab', { name: 'JSON' }));
  await userEvent.clear(screen.getByLabelText('Payload as JSON'));
  await submit();
  expect(screen.getByLabelText('Payload as JSON')).toBeInvalid();
  expect(submitted(calls)).toBeUndefined();
});

it('sends a delay', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  await show();
  await userEvent.click(screen.getByRole('radio', { name: 'Later' }));
  await submit();
  expect(submitted(calls)).toMatchObject({ delayMs: 300_000 });
});

it('uploads a file and puts its id into the payload', async () => {
  const id = '01a1fb87-58a4-43f2-a4ab-df4f871fee4f';
  const calls = answerApi({
    'POST /api/files': {
      status: 201,
      body: { id, name: 'a.csv', mediaType: 'text/csv', size: 3, createdAt: '', expiresAt: '' },
    },
    'POST /api/tasks': accepted,
  });
  const properties = { file: { type: 'string', format: 'taskdeck-file', accept: '.csv', title: 'CSV file' } };
  await show({ payloadSchema: { type: 'object', properties, required: ['file'] }, example: {} });
  await userEvent.upload(screen.getByLabelText('CSV file'), new File(['a,b'], 'a.csv', { type: 'text/csv' }));
  expect(await screen.findByText('a.csv')).toBeInTheDocument();
  await submit();
  expect(calls.find(({ path }) => path === '/api/tasks')?.body).toMatchObject({ payload: { file: id } });
});

it('adds and removes items of a list', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  await show({
    payloadSchema: { type: 'object', properties: { tags: { type: 'array', items: { type: 'string' } } } },
    example: { tags: ['a', 'b'] },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Remove item 1' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await userEvent.type(screen.getByLabelText('Item 2'), 'c');
  await submit();
  expect(submitted(calls)).toMatchObject({ payload: { tags: ['b', 'c'] } });
});

it('changes the fields with the alternative that is chosen', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  const alternative = (kind: string, field: string) => ({
    type: 'object',
    properties: { kind: { const: kind }, [field]: { type: 'string' } },
    required: ['kind', field],
  });
  await show({
    payloadSchema: {
      type: 'object',
      properties: { target: { anyOf: [alternative('mail', 'address'), alternative('hook', 'url')] } },
    },
    example: { target: { kind: 'mail', address: 'a' } },
  });
  await userEvent.selectOptions(screen.getByLabelText('Form', { selector: 'select' }), 'hook');
  await userEvent.type(screen.getByLabelText('Url'), 'b');
  await submit();
  expect(submitted(calls)).toMatchObject({ payload: { target: { kind: 'hook', url: 'b' } } });
});

it('keeps a number as it is typed', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  await show({ payloadSchema: { type: 'object', properties: { share: { type: 'number' } } }, example: {} });
  await userEvent.type(screen.getByLabelText(/^Share/), '0.50');
  expect(screen.getByLabelText(/^Share/)).toHaveValue('0.50');
  await submit();
  expect(submitted(calls)).toMatchObject({ payload: { share: 0.5 } });
});

it('refuses a number that is none', async () => {
  await show({ payloadSchema: { type: 'object', properties: { share: { type: 'number' } } }, example: {} });
  await userEvent.type(screen.getByLabelText(/^Share/), 'much');
  await submit();
  expect(screen.getByLabelText(/^Share/)).toHaveAccessibleDescription('Must be a number.');
});

it('starts from the options of an earlier task', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  await show({}, { definition: 'sendMessage', payload: { message: 'Again' }, priority: 7, tags: ['a'], attempts: 2 });
  expect(screen.getByLabelText('Priority')).toHaveValue(7);
  await submit();
  expect(submitted(calls)).toEqual({
    definition: 'sendMessage',
    payload: { message: 'Again' },
    priority: 7,
    tags: ['a'],
    attempts: 2,
  });
});

it('sends what is chosen among the folded options', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  await show();
  await userEvent.click(await screen.findByText('Duplicates'));
  await userEvent.selectOptions(screen.getByLabelText('Submitted again'), 'unique');
  await userEvent.type(screen.getByLabelText('Unique key'), 'customer-7');
  await userEvent.click(screen.getByText('Retries and time limits'));
  await userEvent.type(screen.getByLabelText('Attempts'), '2');
  await submit();
  expect(submitted(calls)).toMatchObject({ unique: { key: 'customer-7' }, attempts: 2 });
});

it('opens the group in which something is to be corrected, and says so', async () => {
  const calls = answerApi({});
  await show();
  await userEvent.click(await screen.findByText('Dependencies'));
  await userEvent.type(screen.getByLabelText('Depends on'), 'nobody');
  await submit();
  expect(screen.getByLabelText('Depends on')).toHaveAccessibleDescription('“nobody” is not the ID of a task.');
  expect(screen.getByText('Dependencies').closest('details')).toHaveAttribute('open');
  expect(submitted(calls)).toBeUndefined();
});

it('sums up what is to be corrected by the names that the fields have', async () => {
  const timeoutMs = { type: 'integer', minimum: 100, title: 'Request timeout' };
  await show({ payloadSchema: { type: 'object', properties: { timeoutMs } }, example: { timeoutMs: 5 } });
  await userEvent.click(screen.getByText('Concurrency'));
  await userEvent.type(screen.getByLabelText('Concurrency limit'), '2');
  await submit();
  const summary = screen.getByText('2 things to correct').closest('[role="alert"]');
  expect(summary).toHaveTextContent('Request timeout: Must be at least 100.');
  expect(summary).toHaveTextContent('Concurrency key: The limit counts the tasks of a key: say which key.');
});

it('says what will happen while it is chosen', async () => {
  await show();
  const plan = screen.getByRole('region', { name: 'What will happen' });
  expect(plan).toHaveTextContent(/Starts as soon as a worker is free/);
  await userEvent.click(screen.getByRole('radio', { name: 'Later' }));
  expect(plan).toHaveTextContent(/Starts in 5\sm/);
});

const template = {
  id: 'template-1',
  definition: 'sendMessage',
  name: 'Morning',
  payload: { message: 'Good morning' },
  options: { priority: 9 },
  createdBy: 'user:1',
  createdByName: 'ada',
  updatedAt: '2026-11-21T10:00:00.000Z',
};
const menuAnswers = {
  'GET /api/templates': { body: { templates: [template] } },
  'GET /api/definitions/sendMessage/recent-payloads': {
    body: {
      payloads: [
        { taskId: 'task-9', preview: '{"message": "Lately"}', state: 'failed', createdAt: template.updatedAt },
      ],
    },
  },
};
const openMenu = async () => userEvent.click(await screen.findByRole('button', { name: 'Start from' }));

it('starts from a template', async () => {
  answerApi(menuAnswers);
  await show();
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Morning' }));
  expect(screen.getByLabelText('Message')).toHaveValue('Good morning');
  expect(screen.getByLabelText('Priority')).toHaveValue(9);
});

it('starts from what was submitted lately', async () => {
  answerApi({ ...menuAnswers, 'GET /api/tasks/task-9': { body: { payload: { message: 'Lately' } } } });
  await show();
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: /Lately/ }));
  expect(await screen.findByDisplayValue('Lately')).toBe(screen.getByLabelText('Message'));
});

it('keeps what the form says as a template', async () => {
  const calls = answerApi({ ...menuAnswers, 'POST /api/templates': { status: 201, body: template } });
  await show();
  await userEvent.type(screen.getByLabelText('Priority'), '3');
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: /Save as a template/ }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Hello');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(submitted(calls)).toEqual({
    definition: 'sendMessage',
    name: 'Hello',
    payload: { message: 'Hello', to: 'inbox' },
    options: { priority: 3 },
  });
});

it('says beforehand that a template of that name is replaced', async () => {
  const calls = answerApi({ ...menuAnswers, 'PATCH /api/templates/template-1': { body: template } });
  await show();
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: /Save as a template/ }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Morning');
  expect(screen.getByLabelText('Name')).toHaveAccessibleDescription(/it is replaced/);
  await userEvent.click(screen.getByRole('button', { name: 'Replace' }));
  expect(calls.find(({ method }) => method === 'PATCH')?.body).toMatchObject({ name: 'Morning' });
});
