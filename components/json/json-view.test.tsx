import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testing/render.tsx';
// Loaded beforehand: on a busy machine translating it takes longer than a test may wait.
import './json-search.tsx';
import './json-selection.tsx';
import { JsonView } from './json-view.tsx';

const deep = (levels: number): unknown => (levels === 0 ? 'bottom' : { in: deep(levels - 1) });

it('shows the fields of an object', () => {
  renderPage(<JsonView value={{ message: 'Hello', count: 3, none: null }} label="payload" />);
  expect(screen.getByText('"Hello"')).toBeInTheDocument();
  expect(screen.getByText('3')).toBeInTheDocument();
  expect(screen.getByText('null')).toBeInTheDocument();
});

it('shows markup and reordering characters as text', () => {
  const { container } = renderPage(<JsonView value={{ evil: '<script>alert(1)</script>\u202e' }} label="payload" />);
  expect(container.querySelector('script')).toBeNull();
  expect(screen.getByText(/\\u202e/)).toBeInTheDocument();
});

it('draws a very deep value only as far as it is opened', () => {
  renderPage(<JsonView value={deep(5_000)} label="payload" />);
  expect(screen.getAllByRole('button', { expanded: false })).toHaveLength(1);
});

it('opens what is collapsed', async () => {
  renderPage(<JsonView value={deep(4)} label="payload" />);
  await userEvent.click(screen.getByRole('button', { expanded: false }));
  expect(screen.getByText('"bottom"')).toBeInTheDocument();
});

it('shows a long list in parts', async () => {
  renderPage(<JsonView value={Array.from({ length: 250 }, (_, index) => `item-${index}`)} label="result" />);
  await userEvent.click(screen.getByRole('button', { expanded: false }));
  expect(screen.queryByText('"item-100"')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: '150 more' }));
  expect(screen.getByText('"item-100"')).toBeInTheDocument();
});

it('folds a very long text', () => {
  renderPage(<JsonView value={'x'.repeat(1_000_000)} label="result" />);
  expect(screen.getByRole('button', { name: '… 999000 more characters' })).toBeInTheDocument();
});

it('copies the whole value', async () => {
  const user = userEvent.setup();
  renderPage(<JsonView value={{ a: 1 }} label="payload" />);
  await user.click(screen.getByRole('button', { name: 'Copy payload' }));
  expect(await navigator.clipboard.readText()).toBe('{\n  "a": 1\n}');
});

it('never draws more at first than a person sees', () => {
  const wide = Array.from({ length: 90 }, () => Array.from({ length: 90 }, () => Array.from({ length: 90 }, () => 1)));
  renderPage(<JsonView value={wide} label="result" />);
  expect(screen.getAllByRole('button').length).toBeLessThan(300);
});

it('unfolds a megabyte piece by piece', async () => {
  renderPage(<JsonView value={'x'.repeat(1_000_000)} label="result" />);
  await userEvent.click(screen.getByRole('button', { name: /more characters/ }));
  expect(screen.getByRole('button', { name: '… 979000 more characters' })).toBeInTheDocument();
});

it('copies path and value of what is selected', async () => {
  const user = userEvent.setup();
  renderPage(<JsonView value={{ user: { id: 42 } }} label="payload" />);
  await user.click(screen.getByRole('button', { name: 'id:' }));
  await user.click(await screen.findByRole('button', { name: 'Copy path' }));
  expect(await navigator.clipboard.readText()).toBe('payload.user.id');
  await user.click(screen.getByRole('button', { name: 'Copy value' }));
  expect(await navigator.clipboard.readText()).toBe('42');
  expect(screen.getByRole('link', { name: 'Tasks with this value' })).toHaveAttribute(
    'href',
    '/tasks?q=payload.user.id%3A42',
  );
});

async function search(text: string) {
  await userEvent.click(screen.getByRole('button', { name: 'Search in the payload' }));
  await userEvent.type(await screen.findByRole('searchbox'), text);
}

it('opens what hides a match, and marks it', async () => {
  renderPage(<JsonView value={{ a: deep(14) }} label="payload" />);
  expect(screen.queryByText(/bottom/)).toBeNull();
  await search('bottom');
  expect(screen.getByRole('status')).toHaveTextContent('1 of 1');
  expect(screen.getByText('bottom').tagName).toBe('MARK');
});

it('goes from match to match, also behind the first hundred', async () => {
  const list = Array.from({ length: 250 }, (_, index) => (index % 200 === 0 ? 'needle' : 'hay'));
  renderPage(<JsonView value={{ list }} label="payload" />);
  await search('needle');
  expect(screen.getAllByText('needle')).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Next match' }));
  expect(screen.getByRole('status')).toHaveTextContent('2 of 2');
  expect(screen.getAllByText('needle')).toHaveLength(2);
  await userEvent.type(screen.getByRole('searchbox'), '{Enter}');
  expect(screen.getByRole('status')).toHaveTextContent('1 of 2');
});

it('lets the reader close what the search has opened', async () => {
  renderPage(<JsonView value={{ a: deep(14) }} label="payload" />);
  await search('bottom');
  const [whole] = screen.getAllByRole('button', { expanded: true });
  if (whole) await userEvent.click(whole);
  expect(screen.queryByText('bottom')).toBeNull();
});
