import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { definition, view } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { EditAndRedrive } from './edit-and-redrive.tsx';
// Loaded beforehand: on a busy machine translating it takes longer than a test may wait.
import './edit-and-redrive-dialog.tsx';

const task = view({ state: 'failed', payload: { message: 'Helo', to: 'inbox' } });
const path = `POST /api/tasks/${task.id}/redrive`;

async function open(handlers: Parameters<typeof answerApi>[0] = {}) {
  const calls = answerApi({
    'GET /api/definitions': { body: { definitions: [definition()] } },
    [path]: { status: 202, body: { id: task.id, state: 'pending' } },
    ...handlers,
  });
  renderPage(<EditAndRedrive task={task} />);
  await userEvent.click(screen.getByRole('button', { name: 'Edit and redrive' }));
  await screen.findByRole('dialog');
  return { sent: () => calls.filter(({ method }) => method === 'POST') };
}

const message = () => screen.findByRole('textbox', { name: 'Message' });
const send = () => userEvent.click(screen.getByRole('button', { name: 'Redrive with this payload' }));

it('starts from the payload that the task has', async () => {
  await open();
  expect(await message()).toHaveValue('Helo');
  expect(screen.getByText('Nothing changed yet.')).toBeInTheDocument();
});

it('shows what changed before it is sent', async () => {
  await open();
  await userEvent.clear(await message());
  await userEvent.type(await message(), 'Hello');
  const changes = within(screen.getByRole('list', { name: 'Changes' }));
  expect(changes.getByText('message')).toBeInTheDocument();
  expect(changes.getByText('"Helo"')).toBeInTheDocument();
  expect(changes.getByText('"Hello"')).toBeInTheDocument();
});

it('sends the edited payload and closes', async () => {
  const { sent } = await open();
  await userEvent.clear(await message());
  await userEvent.type(await message(), 'Hello');
  await send();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent().map(({ body }) => body)).toEqual([{ payload: { message: 'Hello', to: 'inbox' } }]);
});

it('sends nothing that the schema refuses', async () => {
  const { sent } = await open();
  await userEvent.clear(await message());
  await send();
  expect(await message()).toHaveAttribute('aria-invalid', 'true');
  expect(sent()).toEqual([]);
});

it('shows what the API refuses at its field', async () => {
  const errors = [{ pointer: '/payload/message', message: 'Names nobody.' }];
  await open({ [path]: { status: 422, body: { detail: 'The payload is not valid.', code: 'invalid', errors } } });
  await message();
  await send();
  expect((await screen.findAllByText(/Names nobody\./)).length).toBeGreaterThan(0);
  expect(await message()).toHaveAttribute('aria-invalid', 'true');
});

it('says why the task cannot be sent again now', async () => {
  await open({
    [path]: { status: 409, body: { detail: 'The task cannot be redriven: it is running.', code: 'conflict' } },
  });
  await message();
  await send();
  expect(await screen.findByText('The task cannot be redriven: it is running.')).toBeInTheDocument();
});

it('is checked against the schema at each key, also as JSON', async () => {
  await open();
  await userEvent.clear(await message());
  expect(await message()).toHaveAccessibleDescription('Required.');
  await userEvent.click(screen.getByRole('tab', { name: 'JSON' }));
  const json = screen.getByLabelText('Payload as JSON');
  await userEvent.clear(json);
  await userEvent.click(json);
  await userEvent.paste('{"message":1}');
  expect(json).toHaveAccessibleDescription('message: Must be text.');
  await userEvent.clear(json);
  await userEvent.paste('{"message":"ok"}');
  expect(json).toBeValid();
});

it('starts over', async () => {
  await open();
  await userEvent.clear(await message());
  await userEvent.click(screen.getByRole('button', { name: 'Start over' }));
  expect(await message()).toHaveValue('Helo');
  expect(screen.getByText('Nothing changed yet.')).toBeInTheDocument();
});
