import { render, screen } from '@testing-library/react';
import type { StoredError } from '#lib/tasks/types';
import { ErrorView } from './error-view.tsx';

it('shows what caused the error', () => {
  render(
    <ErrorView error={{ name: 'DeliveryError', message: 'not sent', cause: { name: 'Error', message: 'refused' } }} />,
  );
  expect(screen.getByText('caused by')).toBeInTheDocument();
  expect(screen.getByText(/refused/)).toBeInTheDocument();
});

it('keeps the stack closed at first', () => {
  render(<ErrorView error={{ name: 'Error', message: 'x', stack: 'at line 1' }} />);
  expect(screen.getByText('at line 1').closest('details')).not.toHaveAttribute('open');
});

it('ends a chain of causes that does not end', () => {
  const error: StoredError = { name: 'Error', message: 'again' };
  error.cause = error;
  render(<ErrorView error={error} />);
  expect(screen.getAllByText('caused by')).toHaveLength(9);
});

it('shows markup as text', () => {
  const { container } = render(<ErrorView error={{ name: 'Error', message: '<img src=x onerror=alert(1)>' }} />);
  expect(container.querySelector('img')).toBeNull();
});
