import { fireEvent, render, screen } from '@testing-library/react';
import { toast, Toaster } from 'sonner';
import { toastWithUndo } from './toast-with-undo.ts';

beforeEach(() => void toast.dismiss());

it('takes back what was done, and says so', async () => {
  render(<Toaster />);
  const undo = jest.fn(() => Promise.resolve());
  toastWithUndo('The queue is paused.', { undo, undone: 'The queue goes on.' });
  // jsdom knows no pointer capture, which sonner wants of a real press.
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('The queue goes on.')).toBeInTheDocument();
  expect(undo).toHaveBeenCalledTimes(1);
});

it('says when that was refused', async () => {
  render(<Toaster />);
  toastWithUndo('Archived.', { undo: () => Promise.reject(new Error('no')), undone: 'Back.' });
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('It could not be undone.')).toBeInTheDocument();
});
