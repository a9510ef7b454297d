import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AuditEntry } from '#lib/audit/types';
import type { QueueInfo } from '#lib/queues/types';
import type { PayloadRevision, TaskGraph } from '#lib/tasks/types';
import type { WorkerInfo } from '#lib/workers/types';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { answerApi } from '../testing/api.ts';
import { at, attempt, definition, queue, view, worker } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
// Loaded beforehand: on a busy machine translating it takes longer than a test may wait.
import './earlier-payloads.tsx';
import '../logs/log-panel.tsx';
import './task-graph.tsx';
import { TaskPage } from './task-page.tsx';

const noLogs = { lines: [], next: null };

type More = {
  role?: 'viewer' | 'operator';
  audit?: AuditEntry[];
  revisions?: PayloadRevision[];
  graph?: TaskGraph;
  queues?: QueueInfo[];
  workers?: WorkerInfo[];
};

const alone: TaskGraph = { nodes: [], edges: [], more: false };

function show(over: Partial<TaskView>, more: More = {}) {
  const { role = 'operator', audit = [], revisions = [], graph = alone } = more;
  const { queues = [queue({ name: 'default' })], workers = [worker()] } = more;
  const queryClient = newTestClient();
  const task = view(over);
  answerApi({
    [`GET /api/tasks/${task.id}/audit`]: { body: { entries: audit } },
    [`GET /api/tasks/${task.id}/revisions`]: { body: { revisions } },
    [`GET /api/tasks/${task.id}/graph`]: { body: graph },
    'GET /api/queues': { body: { queues } },
    'GET /api/workers': { body: { workers } },
  });
  renderPage(<TaskPage initial={task} initialLogs={noLogs} title="Send message" defaults={definition()} />, {
    queryClient,
    role,
  });
  return { queryClient, task };
}

// The log comes a moment after the page, once: each test then begins with all of it.
beforeAll(async () => {
  show({});
  await screen.findByRole('heading', { name: /^Logs/ });
  cleanup();
});

it('shows the result of a completed task', () => {
  show({ state: 'completed', result: { sent: 'yes' } });
  expect(screen.getByTestId('task-status')).toHaveTextContent('completed');
  expect(screen.getByTestId('task-result')).toHaveTextContent('"yes"');
});

it('says so when a completed task returned nothing', () => {
  show({ state: 'completed' });
  expect(screen.getByTestId('task-result')).toHaveTextContent('Completed without a return value.');
});

it('draws the waveform of a recording', () => {
  show({ state: 'completed', result: { waveform: [0.1, 0.9] } });
  expect(screen.getByRole('img', { name: 'Waveform of the recording, 2 points' })).toBeInTheDocument();
});

it('shows the message that arrived in the inbox', () => {
  show({ state: 'completed', inboxMessage: { message: 'Hello, inbox', createdAt: at(2) } });
  expect(screen.getByText('Hello, inbox')).toBeInTheDocument();
});

it('shows why a task failed, and its attempts', () => {
  const error = { name: 'Error', message: 'refused' };
  show({ state: 'failed', attempt: 1, error, attempts: [attempt({ outcome: 'timeout', error })] });
  expect(screen.getByRole('heading', { name: 'Error' })).toBeInTheDocument();
  expect(screen.getByText('Ran out of time')).toBeInTheDocument();
});

it('shows how far a running task is', () => {
  show({ state: 'running', progress: { fraction: 0.42, done: 21, total: 50, message: 'Reading' } });
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '21 of 50 · 42 %, Reading');
});

it('moves with the task', async () => {
  const { queryClient, task } = show({ state: 'running' });
  await act(async () => {
    queryClient.setQueryData(keys.detail(task.id), { ...task, state: 'completed', version: 2 });
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(screen.getByTestId('task-status')).toHaveTextContent('completed');
});

it('says that a running task is being stopped', () => {
  show({ state: 'running', cancelRequested: true });
  expect(screen.getByText('Asked to stop; waiting for the handler.')).toBeInTheDocument();
});

it('leads to the task that emitted it and to what it depends on', () => {
  const [parent, dependency] = ['0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002'];
  show({ state: 'blocked', parentId: parent, dependsOn: [dependency] });
  expect(screen.getByRole('link', { name: parent })).toHaveAttribute('href', `/tasks/${parent}`);
  expect(screen.getByRole('link', { name: dependency })).toHaveAttribute('href', `/tasks/${dependency}`);
});

it('says why a dead letter was dismissed', () => {
  show({ state: 'failed', dismissedAt: at(9), dismissReason: 'Known and harmless.' });
  expect(screen.getByText(/Known and harmless\./)).toBeInTheDocument();
});

it('shows who did what to it', async () => {
  const entry = { id: 'a', at: at(5), actor: 'user:1', subject: 'task:1', details: null };
  const entries = [
    { ...entry, name: 'ada@example.com', action: 'task.redrive' },
    { ...entry, id: 'b', name: null, action: 'task.cancel' },
  ];
  show({ state: 'pending' }, { audit: entries });
  const list = await screen.findByRole('list', { name: /What was done to it/ });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([expect.stringMatching(/^ada@example.com redrove it/), expect.stringMatching(/^user:1 cancelled it/)]);
});

it('shows a payload that a redrive has replaced, by what was changed', async () => {
  const revision = {
    revision: 1,
    payload: { message: 'Helo' },
    replacedAt: at(5),
    replacedBy: 'user:1',
    replacedByName: 'ada',
  };
  show({ state: 'completed', payload: { message: 'Hello' }, revisions: 1 }, { revisions: [revision] });
  await userEvent.click(await screen.findByText('Replaced by ada'));
  const changes = within(screen.getByRole('list', { name: 'Changes' }));
  expect(changes.getByText('"Helo"')).toBeInTheDocument();
  expect(changes.getByText('"Hello"')).toBeInTheDocument();
});

it('gives a viewer everything to read and nothing to press', () => {
  show({ state: 'failed' }, { role: 'viewer' });
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  expect(screen.getByRole('heading', { name: 'Payload' })).toBeInTheDocument();
});

it('tells the path of its states to who cannot see it', () => {
  const attempts = [attempt({ startedAt: at(1), finishedAt: at(3) })];
  show({ state: 'completed', attempts, finishedAt: at(3) });
  const path = screen.getByRole('region', { name: 'How it went' });
  expect(path).toHaveTextContent(/pending for 1\ss, running for 2\ss, then completed\./);
});

it('shows in its path that it was paused', async () => {
  const entry = { id: 'a', actor: 'user:1', name: 'ada', subject: 'task:1', details: null };
  const audit = [
    { ...entry, id: 'b', at: at(20), action: 'task.resume' },
    { ...entry, at: at(10), action: 'task.pause' },
  ];
  const attempts = [attempt({ startedAt: at(30), finishedAt: at(31) })];
  show({ state: 'completed', attempts, finishedAt: at(31) }, { audit });
  expect(await screen.findByText(/paused for 10\ss/)).toBeInTheDocument();
});

it('leads to all tasks that failed of the same cause', () => {
  const error = { name: 'Error', message: 'refused', cause: { name: 'Socket', message: 'closed', stack: 'at x' } };
  show({ state: 'failed', error, fingerprint: '0123456789abcdef' });
  expect(screen.getByRole('link', { name: 'All tasks with this cause' })).toHaveAttribute(
    'href',
    '/tasks?fingerprint=0123456789abcdef',
  );
  expect(within(screen.getByRole('list', { name: 'Causes' })).getByText('closed')).toBeInTheDocument();
});

describe('an address that names an attempt', () => {
  afterEach(() => window.history.replaceState(null, '', '/'));

  it('marks it', () => {
    const attempts = [attempt({ outcome: 'failure' }), attempt({ attempt: 2, run: 2 })];
    window.history.replaceState(null, '', '#attempt-2');
    show({ state: 'completed', attempts, attempt: 2, finishedAt: at(3) });
    const [first, second] = within(screen.getByRole('list', { name: 'Attempts' })).getAllByRole('listitem');
    expect(first).not.toHaveAttribute('aria-current');
    expect(second).toHaveAttribute('aria-current', 'true');
    expect(screen.getByRole('link', { name: 'Link to attempt 1' })).toHaveAttribute('href', '#attempt-1');
  });

  it('shows it, however many came after it', () => {
    const attempts = Array.from({ length: 30 }, (_, index) =>
      attempt({
        attempt: index + 1,
        run: index + 1,
        outcome: 'failure',
        readyAt: at(index * 10),
        startedAt: at(index * 10),
        finishedAt: at(index * 10 + 1),
      }),
    );
    window.history.replaceState(null, '', '#attempt-3');
    show({ state: 'failed', attempts, attempt: 30, finishedAt: at(400) });
    expect(screen.getByText('Attempt 3').closest('li')).toHaveAttribute('aria-current', 'true');
  });
});

it('shows the last of many attempts', async () => {
  const attempts = Array.from({ length: 30 }, (_, index) =>
    attempt({
      attempt: index + 1,
      run: index + 1,
      outcome: 'failure',
      readyAt: at(index * 10),
      startedAt: at(index * 10),
      finishedAt: at(index * 10 + 1),
    }),
  );
  show({ state: 'failed', attempts, attempt: 30, finishedAt: at(400) });
  expect(screen.queryByText('Attempt 20')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Show 20 earlier attempts' }));
  expect(screen.getByText('Attempt 20')).toBeInTheDocument();
});

it('draws the tasks that it has to do with', async () => {
  const task = view({ state: 'completed' });
  const node = { definition: 'importCsv', createdAt: at(0) };
  const other = '01a00000-0000-7000-8000-00000000abcd';
  const graph: TaskGraph = {
    nodes: [
      { ...node, id: task.id, state: 'completed', relation: 'self' },
      { ...node, id: other, state: 'failed', relation: 'child' },
    ],
    edges: [{ from: task.id, to: other, kind: 'parent' }],
    more: false,
  };
  show(task, { graph });
  const list = await screen.findByRole('list', { name: 'Related tasks' });
  expect(within(list).getByRole('link', { name: 'importCsv 0000abcd failed, it emitted this' })).toHaveAttribute(
    'href',
    `/tasks/${other}`,
  );
  expect(within(list).getByRole('link', { name: /this task$/ })).toHaveAttribute('aria-current', 'page');
});

it('copies a call that submits the same task', async () => {
  const user = userEvent.setup();
  show({ state: 'completed', priority: 5 });
  await user.click(screen.getByRole('button', { name: 'Copy as curl' }));
  const text = await navigator.clipboard.readText();
  expect(text).toContain(`-d '{"definition":"sendMessage","payload":{"message":"Hello"},"priority":5}'`);
  expect(text).toContain('Bearer $TASKDECK_API_KEY');
});

it('estimates the time that is left once it has seen a pace', () => {
  jest.useFakeTimers({ now: Date.parse(at(100)) });
  try {
    const attempts = [attempt({ outcome: 'running', startedAt: at(90), finishedAt: null })];
    const { queryClient, task } = show({
      state: 'running',
      startedAt: at(90),
      attempts,
      timeoutMs: 600_000,
      progress: { fraction: 0.1 },
    });
    for (const step of [2, 3, 4, 5]) {
      expect(screen.queryByText(/left at the present pace/)).toBeNull();
      act(() => {
        jest.advanceTimersByTime(1_000);
        queryClient.setQueryData(keys.detail(task.id), { ...task, progress: { fraction: step / 10 }, version: step });
        jest.advanceTimersByTime(1);
      });
    }
    expect(screen.getByText(/^About 5\ss left at the present pace\.$/)).toBeInTheDocument();
  } finally {
    jest.useRealTimers();
  }
});

it('folds an error message of a megabyte', () => {
  show({ state: 'failed', error: { name: 'Error', message: 'x'.repeat(1_000_000) } });
  expect(screen.getByRole('button', { name: '… 998000 more characters' })).toBeInTheDocument();
});

describe('what a task that waits says', () => {
  const heading = () => screen.getByRole('heading', { level: 1 }).parentElement;
  const paused = [queue({ name: 'default', paused: true })];

  it('is that it waits for a free worker, when nothing stands in its way', async () => {
    show({ state: 'pending' });
    expect(await screen.findByText('Waiting for a free worker.')).toBeInTheDocument();
  });

  it('is that its queue is paused, with the way there, until the queue is resumed', async () => {
    const { queryClient } = show({ state: 'pending' }, { queues: paused });
    const said = await screen.findByText(/is paused/);
    expect(said).toHaveTextContent('The queue default is paused: the task starts once the queue is resumed.');
    expect(within(said).getByRole('link', { name: 'default' })).toHaveAttribute('href', '/queues');
    act(() => queryClient.setQueryData(keys.queues(), [queue({ name: 'default' })]));
    expect(await screen.findByText('Waiting for a free worker.')).toBeInTheDocument();
  });

  it.each([
    ['scheduled', 'Due in 5 h. The queue default is paused'],
    ['retrying', 'Attempt 2 is due in 5 h. The queue default is paused'],
  ] as const)('promises no start of a %s task while its queue is paused', async (state, text) => {
    show({ state, attempt: 1, runAt: new Date(Date.now() + 18_000_000).toISOString() }, { queues: paused });
    await screen.findAllByText(/is paused/);
    expect(heading()).toHaveTextContent(text);
  });

  it('is that no worker takes its queue', async () => {
    show({ state: 'pending' }, { workers: [] });
    expect(await screen.findByRole('link', { name: 'No worker' })).toHaveAttribute('href', '/workers');
  });

  it('does not promise a start that is overdue for later', () => {
    show({ state: 'scheduled', runAt: new Date(Date.now() - 5_000).toISOString() });
    expect(heading()).toHaveTextContent('Starts now.');
  });
});

it('says when a task failed', () => {
  show({ state: 'failed', finishedAt: new Date(Date.now() - 5_400_000).toISOString() });
  expect(screen.getByText(/^Ended with an error/)).toHaveTextContent('Ended with an error 1 h ago.');
});

it('calls the start of a later attempt the last start', () => {
  const attempts = [
    attempt({ outcome: 'failure' }),
    attempt({ attempt: 2, run: 2, startedAt: at(9), finishedAt: at(10) }),
  ];
  show({ state: 'completed', attempt: 2, attempts, startedAt: at(9), finishedAt: at(10) });
  expect(screen.getByText('Last started')).toBeInTheDocument();
  expect(screen.queryByText('Started')).toBeNull();
});

describe('attempts', () => {
  const items = (name: string) =>
    within(screen.getByRole('list', { name }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
  const failed = [
    attempt({ outcome: 'failure' }),
    attempt({ attempt: 2, run: 2, outcome: 'failure', readyAt: at(4), startedAt: at(5), finishedAt: at(6) }),
  ];

  it('of a task that was sent again are told apart by rounds', () => {
    const attempts = [...failed, attempt({ run: 3, readyAt: at(60), startedAt: at(61), finishedAt: at(62) })];
    show({ state: 'completed', attempt: 1, maxAttempts: 4, attempts, finishedAt: at(62) });
    expect(items('Attempts of round 1')).toHaveLength(2);
    expect(items('Attempts of round 2')).toEqual([expect.stringContaining('Attempt 1Succeeded')]);
    expect(screen.getByText('Round 2: 1 of at most 4')).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: /^Round 2, sent again/ })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Link to attempt 1 of round 2' })).toHaveAttribute('href', '#attempt-3');
  });

  it('begin a round before anything of it has started', () => {
    show({ state: 'pending', attempt: 0, attempts: failed, readyAt: at(60) });
    expect(items('Attempts of round 2')).toEqual([expect.stringContaining('Attempt 1 has not started yet.')]);
  });

  it('are none of a task that ended before it started', () => {
    show({ state: 'cancelled', finishedAt: at(5) });
    expect(items('Attempts')).toEqual(['No attempt was started.']);
  });

  it('of a scheduled task have no axis, but say when the first is due', () => {
    show({ state: 'scheduled', runAt: new Date(Date.now() + 18_000_000).toISOString(), readyAt: at(1e9) });
    expect(items('Attempts')).toEqual(['Attempt 1 is due in 5 h.']);
    expect(screen.queryByText(/^In all/)).toBeNull();
  });
});
