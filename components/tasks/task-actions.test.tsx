import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { toast, Toaster } from 'sonner';
import { keys } from '../api/keys.ts';
import { useTask } from '../api/queries.ts';
import type { TaskView } from '../api/types.ts';
import { answerApi } from '../testing/api.ts';
import { at, view } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
// Loaded beforehand: on a busy machine translating it takes longer than a test may wait.
import './dismiss-task-dialog.tsx';
import { StateBadge } from './state-badge.tsx';
import { TaskActions } from './task-actions.tsx';

beforeEach(() => void toast.dismiss());

/** State and actions as the page has them, live. */
function Live({ initial }: { initial: TaskView }) {
  const { data: task = initial } = useTask(initial.id, initial);
  return (
    <>
      <StateBadge state={task.state} data-testid="state" />
      <TaskActions task={task} />
      <Toaster />
    </>
  );
}

const state = () => screen.getByTestId('state');
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
// jsdom knows no pointer capture, which sonner wants of a real press.
const undo = async () => fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
const refused = (detail: string) => ({ status: 409, body: { detail, code: 'conflict' } });

it('shows a viewer nothing to press', () => {
  const { container } = renderPage(<TaskActions task={view({ state: 'failed' })} />, {
    role: 'viewer',
  });
  expect(container).toBeEmptyDOMElement();
});

it.each([
  ['running', ['Cancel']],
  ['scheduled', ['Pause', 'Cancel']],
  ['paused', ['Resume', 'Cancel']],
  ['failed', ['Retry', 'Dismiss', 'Edit and redrive']],
  ['abandoned', ['Retry', 'Dismiss', 'Edit and redrive']],
  ['cancelled', ['Retry', 'Edit and redrive']],
  ['completed', []],
] as const)('offers for a %s task %j', (state, names) => {
  renderPage(<TaskActions task={view({ state })} />);
  expect(screen.queryAllByRole('button').map((button) => button.textContent?.trim())).toEqual(names);
});

it.each([
  ['Cancel', 'running', 'cancel'],
  ['Pause', 'scheduled', 'pause'],
  ['Resume', 'paused', 'resume'],
  ['Retry', 'failed', 'retry'],
] as const)('%s of a %s task asks the API to %s it', async (name, state, verb) => {
  const task = view({ state });
  const calls = answerApi({ [`POST /api/tasks/${task.id}/${verb}`]: { body: { id: task.id, state } } });
  renderPage(<TaskActions task={task} />);
  await userEvent.click(screen.getByRole('button', { name }));
  expect(calls).toHaveLength(1);
});

it('says that it is stopping until the task has stopped', () => {
  renderPage(<TaskActions task={view({ state: 'running', cancelRequested: true })} />);
  expect(screen.getByRole('button', { name: 'Stopping …' })).toBeDisabled();
});

it('shows a pause at once, keeps the focus, and takes it back', async () => {
  const task = view({ state: 'scheduled' });
  const paused = { ...task, state: 'paused' as const, pausedFrom: 'scheduled' as const, version: 2 };
  const answer = Promise.withResolvers<{ body: unknown }>();
  let now: TaskView = paused;
  answerApi({
    [`POST /api/tasks/${task.id}/pause`]: () => answer.promise,
    [`POST /api/tasks/${task.id}/resume`]: () => {
      now = { ...task, version: 3 };
      return { status: 202, body: { id: task.id, state: 'scheduled' } };
    },
    [`GET /api/tasks/${task.id}`]: () => ({ body: now }),
  });
  renderPage(<Live initial={task} />);
  await press('Pause');
  await waitFor(() => expect(state()).toHaveTextContent('paused'));
  expect(screen.getByRole('button', { name: 'Resume' })).toHaveFocus();
  await act(async () => answer.resolve({ body: { id: task.id, state: 'paused' } }));
  await undo();
  expect(await screen.findByText('The task is resumed.')).toBeInTheDocument();
  expect(state()).toHaveTextContent('scheduled');
});

it('goes back to where it was when a resume is refused, and says so', async () => {
  const task = view({ state: 'paused', pausedFrom: 'retrying' });
  const answer = Promise.withResolvers<ReturnType<typeof refused>>();
  answerApi({
    [`POST /api/tasks/${task.id}/resume`]: () => answer.promise,
    // What goes back is what was known, not what is fetched.
    [`GET /api/tasks/${task.id}`]: { status: 503 },
  });
  renderPage(<Live initial={task} />);
  await press('Resume');
  await waitFor(() => expect(state()).toHaveTextContent('retrying'));
  await act(async () => answer.resolve(refused('The task cannot be resumed: somebody was faster.')));
  expect(await screen.findByText('The task was not resumed.')).toBeInTheDocument();
  expect(screen.getByText('The task cannot be resumed: somebody was faster.')).toBeInTheDocument();
  expect(state()).toHaveTextContent('paused');
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

it('does not go back behind what has come meanwhile', async () => {
  const task = view({ state: 'pending' });
  const queryClient = newTestClient();
  const answer = Promise.withResolvers<ReturnType<typeof refused>>();
  answerApi({
    [`POST /api/tasks/${task.id}/pause`]: () => answer.promise,
    [`GET /api/tasks/${task.id}`]: { status: 503 },
  });
  renderPage(<Live initial={task} />, { queryClient });
  await press('Pause');
  await waitFor(() => expect(state()).toHaveTextContent('paused'));
  queryClient.setQueryData(keys.detail(task.id), { ...task, state: 'running', version: 2 });
  await act(async () => answer.resolve(refused('The task cannot be paused: it is running.')));
  expect(await screen.findByText('The task was not paused.')).toBeInTheDocument();
  expect(state()).toHaveTextContent('running');
});

it('offers nothing to take back after a cancel', async () => {
  const task = view({ state: 'scheduled' });
  const cancelled = { ...task, state: 'cancelled', version: 2 };
  answerApi({
    [`POST /api/tasks/${task.id}/cancel`]: { status: 202, body: { id: task.id, state: 'cancelled' } },
    [`GET /api/tasks/${task.id}`]: { body: cancelled },
  });
  renderPage(<Live initial={task} />);
  await press('Cancel');
  await waitFor(() => expect(state()).toHaveTextContent('cancelled'));
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

describe('a dismissal', () => {
  const task = view({ state: 'failed' });
  const dismissed = { ...task, dismissedAt: at(9), version: 2 };
  const accepted = { status: 202, body: { id: task.id, state: 'failed' } };
  const inDialog = () => within(screen.getByRole('dialog', { name: 'Dismiss this task?' }));
  const send = () => userEvent.click(inDialog().getByRole('button', { name: 'Dismiss' }));
  const dismiss = async (reason = 'Known.') => {
    await press('Dismiss');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Reason' }), reason);
    await send();
  };

  it('says why, and leaves the focus on the button that brings the task back', async () => {
    const calls = answerApi({
      [`POST /api/tasks/${task.id}/dismiss`]: accepted,
      [`GET /api/tasks/${task.id}`]: { body: dismissed },
    });
    renderPage(<Live initial={task} />);
    await dismiss(' Known. ');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Bring back' })).toHaveFocus());
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ reason: 'Known.' });
  });

  it('is not sent without a reason', async () => {
    const calls = answerApi({});
    renderPage(<Live initial={task} />);
    await press('Dismiss');
    const reason = await screen.findByRole('textbox', { name: 'Reason' });
    await userEvent.type(reason, '  ');
    await send();
    expect(reason).toHaveAccessibleDescription('Say why, in a few words.');
    expect(calls).toEqual([]);
  });

  it('shows what the API refuses in the reason at its field', async () => {
    const errors = [{ pointer: '/reason', message: 'must have at most 500 characters' }];
    answerApi({
      [`POST /api/tasks/${task.id}/dismiss`]: { status: 422, body: { detail: 'Not right.', code: 'invalid', errors } },
      [`GET /api/tasks/${task.id}`]: { body: task },
    });
    renderPage(<Live initial={task} />);
    await dismiss();
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleDescription(
        'must have at most 500 characters',
      ),
    );
  });

  it('says in the dialog why it was refused', async () => {
    answerApi({
      [`POST /api/tasks/${task.id}/dismiss`]: refused('The task cannot be dismissed: it is dismissed already.'),
      [`GET /api/tasks/${task.id}`]: { body: task },
    });
    renderPage(<Live initial={task} />);
    await dismiss();
    await waitFor(() => expect(inDialog().getByRole('alert')).toHaveTextContent('it is dismissed already'));
  });

  it('is taken back from the toast and from the page', async () => {
    let now: TaskView = dismissed;
    const back = jest.fn(() => {
      now = task;
      return accepted;
    });
    answerApi({
      [`POST /api/tasks/${task.id}/dismiss`]: accepted,
      [`POST /api/tasks/${task.id}/undismiss`]: back,
      [`GET /api/tasks/${task.id}`]: () => ({ body: now }),
    });
    renderPage(<Live initial={task} />);
    await dismiss();
    expect(await screen.findByText('The task is dismissed.')).toBeInTheDocument();
    await undo();
    expect(await screen.findByText('The task is back among the dead letters.')).toBeInTheDocument();
    now = dismissed;
    await dismiss();
    await userEvent.click(await screen.findByRole('button', { name: 'Bring back' }));
    expect(await screen.findByRole('button', { name: 'Dismiss' })).toBeInTheDocument();
    expect(back).toHaveBeenCalledTimes(2);
  });
});
