import { screen } from '@testing-library/react';
import { renderPage } from '../testing/render.tsx';
import { LinkIndicator } from './link-indicator.tsx';

it.each([
  ['live', false, 'Live'],
  ['live', true, 'Catching up'],
  ['reconnecting', false, 'Reconnecting'],
  ['reconnecting', true, 'Reconnecting'],
  ['connecting', false, 'Connecting'],
] as const)('a %s link (catching up: %s) reads "%s"', (link, catchingUp, text) => {
  renderPage(<LinkIndicator link={link} catchingUp={catchingUp} />);
  expect(screen.getByRole('status')).toHaveTextContent(text);
});
