import { render, screen } from '@testing-library/react';
import { HelpDialog } from './help-dialog.tsx';

it('has the focus itself, so that no part of it is framed', () => {
  render(<HelpDialog shortcuts={[{ does: 'Next task in the list', keys: ['j'] }]} onOpenChange={() => undefined} />);
  expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveFocus();
});
