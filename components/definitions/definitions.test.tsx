import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Role } from '#lib/access/types';
import type { DefinitionInfo } from '#lib/tasks/types';
import { answerApi } from '../testing/api.ts';
import { at, definition, statsPoint, windowStats } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { DefinitionList } from './definition-list.tsx';
import { DefinitionPage } from './definition-page.tsx';

const show = (over: Partial<DefinitionInfo> = {}, role: Role = 'admin') =>
  renderPage(<DefinitionPage initial={definition(over)} initialStats={windowStats()} />, { role });

describe('the list', () => {
  it('leads to each task type', () => {
    renderPage(<DefinitionList initial={[definition()]} initialRates={[]} />);
    expect(screen.getByRole('link', { name: 'Send message' })).toHaveAttribute('href', '/definitions/sendMessage');
  });

  it('marks a type that takes no new tasks', () => {
    renderPage(<DefinitionList initial={[definition({ active: false })]} initialRates={[]} />);
    expect(screen.getByText('not active')).toBeInTheDocument();
  });

  it('says what each type did in the last 24 hours', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      at: at(hour * 3_600),
      ended: 50,
      failed: hour === 0 ? 12 : 0,
    }));
    renderPage(<DefinitionList initial={[definition()]} initialRates={[{ definition: 'sendMessage', hours }]} />);
    expect(screen.getByRole('img', { name: '1,200 endings in 24 h, 1 % failed, hour by hour' })).toBeInTheDocument();
  });

  it('says where task types come from when there is none', () => {
    renderPage(<DefinitionList initial={[]} initialRates={[]} />);
    expect(screen.getByText(/A worker registers its task types/)).toBeInTheDocument();
  });
});

it('says how its tasks fare, and leads to them', () => {
  const stats = windowStats({ points: [statsPoint(0, { completed: 3, failed: 1 })] });
  renderPage(<DefinitionPage initial={definition()} initialStats={stats} />);
  expect(screen.getByText('25 %')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: '3' })).toHaveAttribute(
    'href',
    `/tasks?state=completed&definition=sendMessage&finishedAfter=${encodeURIComponent(at(0))}`,
  );
  expect(screen.getByRole('link', { name: '7 days' })).toHaveAttribute('href', '/definitions/sendMessage?window=7d');
});

it('says what each field of the payload holds', () => {
  show();
  expect(screen.getByRole('row', { name: /message required text · 1 to 20 characters/ })).toBeInTheDocument();
  expect(screen.getByRole('row', { name: /to optional text · default "inbox"/ })).toBeInTheDocument();
});

it('shows the schema and the example as JSON', async () => {
  show();
  await userEvent.click(screen.getByRole('tab', { name: 'JSON Schema' }));
  expect(screen.getByText(/additionalProperties/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('tab', { name: 'Example' }));
  expect(screen.getByText('"Hello"')).toBeInTheDocument();
});

it('says how its tasks run', () => {
  show({ mode: 'sync', ttlMs: 60_000, isolated: true });
  expect(screen.getByText('one, over all workers')).toBeInTheDocument();
  expect(screen.getByText('a process of its own')).toBeInTheDocument();
  expect(screen.getByText('Must start within')).toBeInTheDocument();
});

it('leads to its tasks and to submitting one', () => {
  show();
  expect(screen.getByRole('link', { name: 'Its tasks' })).toHaveAttribute('href', '/tasks?definition=sendMessage');
  expect(screen.getByRole('link', { name: 'Submit one' })).toHaveAttribute('href', '/tasks/new?definition=sendMessage');
});

it('does not offer to submit what would be refused', () => {
  show({ active: false });
  expect(screen.queryByRole('link', { name: 'Submit one' })).toBeNull();
});

it.each(['viewer', 'operator'] as const)('lets no %s close a task type', (role) => {
  show({}, role);
  expect(screen.queryByRole('button', { name: 'Deactivate' })).toBeNull();
});

it('closes a type to new tasks once that is confirmed', async () => {
  const calls = answerApi({
    'POST /api/definitions/sendMessage/deactivate': { body: {} },
    'GET /api/definitions': { body: { definitions: [definition({ active: false })] } },
  });
  show();
  await userEvent.click(screen.getByRole('button', { name: 'Deactivate' }));
  expect(await screen.findByRole('alertdialog')).toHaveTextContent('Tasks that were accepted before still run.');
  expect(calls).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Deactivate' }));
  expect(await screen.findByText('not active')).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
});

it('opens a type again', async () => {
  const calls = answerApi({
    'POST /api/definitions/sendMessage/activate': { body: {} },
    'GET /api/definitions': { body: { definitions: [definition()] } },
  });
  show({ active: false });
  await userEvent.click(screen.getByRole('button', { name: 'Activate' }));
  expect(await screen.findByRole('link', { name: 'Submit one' })).toBeInTheDocument();
  expect(calls[0]).toMatchObject({ method: 'POST' });
});
