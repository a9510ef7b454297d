import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { definition } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { NewTaskForm } from './new-task-form.tsx';

const push = jest.fn();
jest.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

const accepted = { status: 202, body: { id: 'task-1', state: 'pending' } };
const show = (over: Parameters<typeof definition>[0] = {}, initialPayload?: unknown) =>
  renderPage(
    <NewTaskForm definition={definition(over)} queues={['default', 'slow']} initialPayload={initialPayload} />,
  );
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Submit task' }));
const submitted = (calls: ReturnType<typeof answerApi>) => calls.find(({ method }) => method === 'POST')?.body;

beforeEach(() => push.mockReset());

it('starts from the example and the defaults', () => {
  show();
  expect(screen.getByLabelText('Message')).toHaveValue('Hello');
  expect(screen.getByLabelText(/^To/)).toHaveValue('inbox');
});

it('starts from an earlier payload when there is one', () => {
  show({}, { message: 'Again' });
  expect(screen.getByLabelText('Message')).toHaveValue('Again');
});

it('submits what the form says and goes to the task', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  show();
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
  show();
  await userEvent.clear(screen.getByLabelText('Message'));
  await submit();
  expect(screen.getByLabelText('Message')).toHaveAccessibleDescription('Required.');
  expect(calls).toEqual([]);
});

it('puts the focus on the first field that is wrong', async () => {
  show();
  await userEvent.clear(screen.getByLabelText('Message'));
  await submit();
  await new Promise(requestAnimationFrame);
  expect(screen.getByLabelText('Message')).toHaveFocus();
});

it('says nothing about a field that the reader is still to reach', () => {
  show({ example: {} });
  expect(screen.queryByText('Required.')).toBeNull();
});

it('shows what the API refused beside the field', async () => {
  answerApi({
    'POST /api/tasks': {
      status: 422,
      body: { detail: 'No.', code: 'invalid', errors: [{ pointer: '/payload/to', message: 'is not known here' }] },
    },
  });
  show();
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
  show();
  await submit();
  await userEvent.type(await screen.findByLabelText(/^To/), 'x');
  expect(screen.getByLabelText(/^To/)).not.toHaveAccessibleDescription();
});

it('keeps form and JSON the same', async () => {
  show();
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
  show();
  await userEvent.click(screen.getByRole('tab', { name: 'JSON' }));
  await userEvent.clear(screen.getByLabelText('Payload as JSON'));
  await submit();
  expect(screen.getByLabelText('Payload as JSON')).toBeInvalid();
  expect(calls).toEqual([]);
});

it('sends a delay', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  show();
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
  show({ payloadSchema: { type: 'object', properties, required: ['file'] }, example: {} });
  await userEvent.upload(screen.getByLabelText('CSV file'), new File(['a,b'], 'a.csv', { type: 'text/csv' }));
  expect(await screen.findByText('a.csv')).toBeInTheDocument();
  await submit();
  expect(calls.find(({ path }) => path === '/api/tasks')?.body).toMatchObject({ payload: { file: id } });
});

it('adds and removes items of a list', async () => {
  const calls = answerApi({ 'POST /api/tasks': accepted });
  show({
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
  show({
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
  show({ payloadSchema: { type: 'object', properties: { share: { type: 'number' } } }, example: {} });
  await userEvent.type(screen.getByLabelText(/^Share/), '0.50');
  expect(screen.getByLabelText(/^Share/)).toHaveValue('0.50');
  await submit();
  expect(submitted(calls)).toMatchObject({ payload: { share: 0.5 } });
});

it('refuses a number that is none', async () => {
  show({ payloadSchema: { type: 'object', properties: { share: { type: 'number' } } }, example: {} });
  await userEvent.type(screen.getByLabelText(/^Share/), 'much');
  await submit();
  expect(screen.getByLabelText(/^Share/)).toHaveAccessibleDescription('Must be a number.');
});
