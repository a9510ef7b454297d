import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Overview as OverviewData } from '../api/types.ts';
import {
  at,
  counts,
  failureGroup,
  queueState,
  statsPoint,
  summary,
  windowStats,
  worker,
} from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { Overview } from './overview.tsx';

const show = (over: Partial<OverviewData> = {}, role: 'viewer' | 'operator' = 'operator') =>
  renderPage(
    <Overview
      window="15m"
      initial={{
        counts: counts({ failed: 2 }),
        stats: windowStats(),
        workers: [],
        queues: [],
        failures: [],
        longestRunning: [],
        dueNext: [],
        ...over,
      }}
    />,
    { role },
  );

const busy = windowStats({
  points: [statsPoint(0, { submitted: 9, completed: 6, failed: 1, abandoned: 1, cancelled: 2 })],
  wait: { p50: 20, p95: 90, p99: 100 },
  run: { p50: 1_000, p95: 2_000, p99: 65_000 },
});

it('leads from a number to its tasks', () => {
  show();
  const now = within(screen.getByRole('list', { name: 'Tasks now, by state' }));
  expect(now.getByRole('link', { name: /failed 2/ })).toHaveAttribute('href', '/tasks?state=failed');
});

it('says what to do first when there is no task yet', () => {
  show({ counts: counts() });
  expect(screen.getByRole('link', { name: 'New task' })).toHaveAttribute('href', '/tasks/new');
});

it('does not ask a viewer to submit', () => {
  show({ counts: counts() }, 'viewer');
  expect(screen.queryByRole('link', { name: 'New task' })).toBeNull();
});

it('keeps its figures when all tasks of the window were purged', () => {
  show({ counts: counts(), stats: busy });
  expect(screen.getByText('Throughput')).toBeInTheDocument();
});

it('holds the window in the address', () => {
  show();
  const windows = within(screen.getByRole('navigation', { name: 'Time window' }));
  expect(windows.getByRole('link', { name: '24 hours' })).toHaveAttribute('href', '/?window=24h');
  expect(windows.getByRole('link', { name: '15 min' })).toHaveAttribute('aria-current', 'true');
});

describe('throughput', () => {
  it('says how many came and ended, and leads to them', () => {
    show({ stats: busy });
    const from = encodeURIComponent(at(0));
    expect(screen.getByRole('link', { name: '9' })).toHaveAttribute('href', `/tasks?createdAfter=${from}`);
    expect(screen.getByRole('link', { name: '6' })).toHaveAttribute(
      'href',
      `/tasks?state=completed&finishedAfter=${from}`,
    );
    expect(screen.getByText('25 %')).toBeInTheDocument();
    expect(screen.getByText(/a task that was redriven and ended again counts twice/)).toBeInTheDocument();
  });

  it('has its numbers in words for who does not see the chart', () => {
    show({ stats: busy });
    expect(screen.getByRole('figure', { name: 'Tasks that ended' })).toHaveTextContent(
      'In the last 15 minutes: 2 failed, 6 completed, 2 cancelled.',
    );
  });

  it('says the numbers of a step by keyboard, with links to its tasks', async () => {
    show({ stats: busy });
    const steps = screen.getByRole('slider', { name: 'Tasks that ended, step by step' });
    act(() => steps.focus());
    await userEvent.keyboard('{Home}');
    expect(steps).toHaveAttribute('aria-valuenow', '1');
    expect(steps.getAttribute('aria-valuetext')).toMatch(/: 2 failed, 6 completed, 2 cancelled$/);
    expect(screen.getByRole('link', { name: '2 failed' })).toHaveAttribute(
      'href',
      `/tasks?state=failed,abandoned&finishedAfter=${encodeURIComponent(at(0))}&finishedBefore=${encodeURIComponent(at(60))}`,
    );
    await userEvent.keyboard('{ArrowRight}');
    expect(steps.getAttribute('aria-valuetext')).toMatch(/: 0 failed, 0 completed, 0 cancelled$/);
    await userEvent.keyboard('{End}{ArrowRight}');
    expect(steps).toHaveAttribute('aria-valuenow', '15');
  });

  it('shows the legend again when the keyboard has left', async () => {
    show({ stats: busy });
    act(() => screen.getByRole('slider', { name: 'Tasks that ended, step by step' }).focus());
    expect(await screen.findByRole('link', { name: '0 submitted' })).toBeInTheDocument();
    await userEvent.tab({ shift: true });
    expect(screen.queryByRole('link', { name: '0 submitted' })).toBeNull();
  });
});

describe('how long it takes', () => {
  it('says the percentiles and leads to the tasks that took longer', () => {
    show({ stats: busy });
    const ran = within(screen.getByRole('region', { name: 'Ran' }));
    expect(ran.getByText(/^≈\s2\ss$/)).toBeInTheDocument();
    expect(ran.getByRole('link', { name: /^≈\s1\sm\s5\ss$/ })).toHaveAttribute(
      'href',
      `/tasks?state=completed,failed&finishedAfter=${encodeURIComponent(at(0))}&runMin=65000`,
    );
  });

  it('says that nothing has run', () => {
    show();
    expect(screen.getByText(/No task has run to its end in the last 15 minutes/)).toBeInTheDocument();
  });
});

describe('workers and queues', () => {
  it('says that no worker runs', () => {
    show();
    expect(screen.getByText('No worker is running')).toBeInTheDocument();
  });

  it('says that a worker does not respond', () => {
    show({ workers: [worker({ alive: false })] });
    expect(screen.getByText(/Not responding/)).toBeInTheDocument();
  });

  it('leaves out a worker that was stopped', () => {
    show({ workers: [worker(), worker({ id: 'x', host: 'host-2', state: 'stopped', alive: false })] });
    expect(screen.queryByText('host-2')).toBeNull();
  });

  it('says that a queue is paused', () => {
    show({ queues: [queueState({ queue: 'slow', paused: true })] });
    expect(within(screen.getByRole('row', { name: /slow/ })).getByText('paused')).toBeInTheDocument();
  });

  it('says how deep a queue is, how long its oldest waits and how fast it moves', () => {
    show({
      queues: [
        queueState({
          waiting: 1_200,
          running: 3,
          oldestWaitingSeconds: 61.7,
          submittedPerMinute: 40,
          endedPerMinute: 0.4,
        }),
      ],
    });
    expect(screen.getByRole('row', { name: /mail 1,200 3 1\sm\s1\ss 40 0.4/ })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '1,200' })).toHaveAttribute('href', '/tasks?state=pending&queue=mail');
  });
});

describe('what deserves a look', () => {
  it('shows failures by cause, and leads to their tasks', () => {
    show({ failures: [failureGroup({ more: true })] });
    expect(screen.getByText('3+')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'The mail server refused.' })).toHaveAttribute(
      'href',
      '/tasks?fingerprint=0123456789abcdef&dismissed=false',
    );
  });

  it('shows what runs longest and what is due next', () => {
    const [running, due] = [
      summary({ state: 'running', startedAt: at(0) }),
      summary({ state: 'scheduled', definition: 'later' }),
    ];
    show({ longestRunning: [running], dueNext: [due] });
    expect(screen.getByRole('link', { name: 'sendMessage' })).toHaveAttribute('href', `/tasks/${running.id}`);
    expect(screen.getByRole('link', { name: 'later' })).toHaveAttribute('href', `/tasks/${due.id}`);
  });
});
