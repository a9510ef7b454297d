import { screen, within } from '@testing-library/react';
import type { Overview as OverviewData } from '../api/types.ts';
import { counts, queue, summary, worker } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { Overview } from './overview.tsx';

const show = (over: Partial<OverviewData> = {}, role: 'viewer' | 'operator' = 'operator') =>
  renderPage(
    <Overview initial={{ counts: counts({ failed: 2 }), workers: [], queues: [], recentFailures: [], ...over }} />,
    { role },
  );

it('leads from a number to its tasks', () => {
  show();
  expect(screen.getByRole('link', { name: /failed 2/ })).toHaveAttribute('href', '/tasks?state=failed');
});

it('says what to do first when there is no task yet', () => {
  show({ counts: counts() });
  expect(screen.getByRole('link', { name: 'New task' })).toHaveAttribute('href', '/tasks/new');
});

it('does not ask a viewer to submit', () => {
  show({ counts: counts() }, 'viewer');
  expect(screen.queryByRole('link', { name: 'New task' })).toBeNull();
});

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
  show({ queues: [queue({ name: 'slow', paused: true })] });
  expect(within(screen.getByRole('row', { name: /slow/ })).getByText('paused')).toBeInTheDocument();
});

it('shows what failed last', () => {
  const task = summary({ state: 'failed', errorMessage: 'It broke.' });
  show({ recentFailures: [task] });
  expect(screen.getByRole('link', { name: 'sendMessage' })).toHaveAttribute('href', `/tasks/${task.id}`);
  expect(screen.getByText('It broke.')).toBeInTheDocument();
});
