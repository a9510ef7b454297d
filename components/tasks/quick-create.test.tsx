import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { definition, view } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { QuickCreate } from './quick-create.tsx';

const task = view({ state: 'completed', attempt: 1 });

async function open(handlers: Parameters<typeof answerApi>[0] = {}) {
  const calls = answerApi({
    'GET /api/definitions': {
      body: { definitions: [definition(), definition({ name: 'importCsv', title: 'Import', example: { file: 'x' } })] },
    },
    'POST /api/tasks': { status: 202, body: { id: task.id, state: 'pending' } },
    [`GET /api/tasks/${task.id}`]: { body: task },
    ...handlers,
  });
  renderPage(<QuickCreate />);
  await userEvent.click(screen.getByTestId('create-task'));
  await screen.findByRole('combobox', { name: 'Task type' });
  return calls;
}

const type = () => screen.getByRole('combobox', { name: 'Task type' });
const payload = () => screen.getByRole('textbox', { name: 'Payload' });
const submit = () => userEvent.click(screen.getByRole('button', { name: 'Submit' }));
const fillPayload = async (text: string) => {
  await userEvent.clear(payload());
  await userEvent.click(payload());
  await userEvent.paste(text);
};

it('submits a task and shows what becomes of it', async () => {
  const calls = await open();
  await userEvent.type(type(), 'sendMessage');
  await fillPayload('{"message": "test"}');
  await submit();
  expect(await screen.findByText('completed')).toBeInTheDocument();
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
    definition: 'sendMessage',
    payload: { message: 'test' },
  });
});

it('links to the page of the task', async () => {
  await open();
  await userEvent.type(type(), 'sendMessage');
  await submit();
  expect(await screen.findByTestId('task-details')).toHaveAttribute('href', `/tasks/${task.id}`);
});

it('sends a key, so that a repeated submit makes one task', async () => {
  const keys: (string | null)[] = [];
  await open({
    'POST /api/tasks': (call) => {
      keys.push(call.headers.get('idempotency-key'));
      return { status: 503, body: { detail: 'Starting.', code: 'unavailable' } };
    },
  });
  await userEvent.type(type(), 'sendMessage');
  await submit();
  await screen.findByText('Starting.');
  await submit();
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
});

it('starts from the example of the chosen type', async () => {
  await open();
  await userEvent.click(type());
  await userEvent.click(await screen.findByRole('option', { name: /importCsv/ }));
  expect(payload()).toHaveValue('{\n  "file": "x"\n}');
});

it('chooses a type by keyboard', async () => {
  await open();
  await screen.findAllByRole('option', { hidden: true });
  await userEvent.type(type(), '{ArrowDown}{ArrowDown}{Enter}');
  expect(type()).toHaveValue('importCsv');
});

it('says which field of the payload is wrong, without asking the API', async () => {
  const calls = await open();
  await userEvent.type(type(), 'sendMessage');
  await fillPayload('{"message": ""}');
  await submit();
  expect(screen.getByRole('alert')).toHaveTextContent('message: Required.');
  expect(calls.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('says when the payload is no JSON', async () => {
  await open();
  await userEvent.type(type(), 'sendMessage');
  await fillPayload('{');
  await submit();
  expect(payload()).toHaveAccessibleDescription(/not valid JSON/);
});

it('says when no task type has the name', async () => {
  await open();
  await screen.findAllByRole('option', { hidden: true });
  await userEvent.type(type(), 'nothing');
  await fillPayload('{}');
  await submit();
  expect(type()).toHaveAccessibleDescription('No task type has this name.');
});

it('opens with the key c', async () => {
  answerApi({ 'GET /api/definitions': { body: { definitions: [] } } });
  renderPage(<QuickCreate />);
  await userEvent.keyboard('c');
  expect(screen.getByRole('dialog', { name: 'New task' })).toBeInTheDocument();
});
