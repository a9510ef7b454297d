import { screen } from '@testing-library/react';
import { renderPage } from '../testing/render.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { LinkIndicator } from './link-indicator.tsx';

it.each([
  ['live', false, 'Live'],
  ['live', true, 'Catching up'],
  ['reconnecting', false, 'Reconnecting'],
  ['reconnecting', true, 'Reconnecting'],
  ['connecting', false, 'Connecting'],
] as const)('a %s link (catching up: %s) reads "%s"', (link, catchingUp, text) => {
  renderPage(<LinkIndicator link={link} catchingUp={catchingUp} />);
  expect(screen.getByTestId('link-state')).toHaveTextContent(text);
});

it('tells who listens that the link is lost and that it is back, and nothing of catching up', () => {
  const { rerender } = renderPage(<LinkIndicator link="live" catchingUp={false} />);
  const spoken = () => screen.getByRole('status').textContent;
  const show = (link: 'live' | 'reconnecting', catchingUp = false) =>
    rerender(
      <TooltipProvider>
        <LinkIndicator link={link} catchingUp={catchingUp} />
      </TooltipProvider>,
    );
  show('live', true);
  expect(spoken()).toBe('');
  show('reconnecting');
  expect(spoken()).toBe('The live connection is lost.');
  show('live', true);
  expect(spoken()).toBe('Live again.');
});
