import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AppearanceProvider } from './appearance-provider.tsx';
import { defaultAppearance } from './appearance.ts';
import { activeShortcuts, type Shortcuts } from './shortcuts.ts';
import { useShortcuts } from './use-shortcuts.ts';

function Keys({ of, fallback }: { of: Shortcuts; fallback?: boolean }) {
  useShortcuts(of, fallback ? { fallback } : {});
  return null;
}

it('acts on one key, and on two in their order', async () => {
  const done: string[] = [];
  render(<Keys of={{ n: () => done.push('n'), 'g t': () => done.push('g t'), t: () => done.push('t') }} />);
  await userEvent.keyboard('n');
  await userEvent.keyboard('gt');
  await userEvent.keyboard('t');
  await userEvent.keyboard('gn');
  expect(done).toEqual(['n', 'g t', 't']);
});

it('never acts while somebody types', async () => {
  const run = jest.fn();
  render(
    <>
      <Keys of={{ n: run, 'g t': run }} />
      <input aria-label="Name" />
      <textarea aria-label="Text" />
    </>,
  );
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'ngt');
  await userEvent.type(screen.getByRole('textbox', { name: 'Text' }), 'ngt');
  expect(run).not.toHaveBeenCalled();
});

it('never acts with a modifier, nor behind a dialog', async () => {
  const run = jest.fn();
  const { rerender } = render(<Keys of={{ n: run }} />);
  await userEvent.keyboard('{Control>}n{/Control}{Meta>}n{/Meta}');
  rerender(
    <>
      <Keys of={{ n: run }} />
      <div role="dialog" />
    </>,
  );
  await userEvent.keyboard('n');
  expect(run).not.toHaveBeenCalled();
});

it('gives way to a page that has the same key', async () => {
  const [shell, page] = [jest.fn(), jest.fn()];
  render(
    <>
      <Keys of={{ '/': shell }} fallback />
      <Keys of={{ '/': page }} />
    </>,
  );
  await userEvent.keyboard('/');
  expect([shell.mock.calls.length, page.mock.calls.length]).toEqual([0, 1]);
});

it('says what works on this page, and no more once it is gone', () => {
  const nothing = () => undefined;
  const { unmount } = render(<Keys of={{ j: nothing, ArrowDown: nothing, n: { does: 'New', run: nothing } }} />);
  expect(activeShortcuts()).toEqual([
    { does: 'Next task in the list', keys: ['j', 'ArrowDown'] },
    { does: 'New', keys: ['n'] },
  ]);
  unmount();
  expect(activeShortcuts()).toEqual([]);
});

it('tells beside the keys that walk the rows that Enter opens one', () => {
  const nothing = () => undefined;
  render(<Keys of={{ ArrowDown: nothing, ArrowUp: nothing, n: { does: 'New', run: nothing } }} />);
  expect(activeShortcuts().map(({ keys }) => keys)).toEqual([['ArrowDown'], ['ArrowUp'], ['Enter'], ['n']]);
});

it('leaves characters alone for those who want it so; arrows still act', async () => {
  const done: string[] = [];
  render(
    <AppearanceProvider initial={{ ...defaultAppearance, shortcuts: 'off' }}>
      <Keys of={{ n: () => done.push('n'), 'g t': () => done.push('g t'), ArrowDown: () => done.push('down') }} />
    </AppearanceProvider>,
  );
  await userEvent.keyboard('ngt{ArrowDown}');
  expect(done).toEqual(['down']);
});
