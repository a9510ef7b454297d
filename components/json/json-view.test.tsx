import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testing/render.tsx';
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
