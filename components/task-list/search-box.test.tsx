import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { answerApi } from '../testing/api.ts';
import { renderPage } from '../testing/render.tsx';
import { SearchBox } from './search-box.tsx';

function show(initial = '') {
  const searched: string[] = [];
  const steps: string[] = [];
  function Page() {
    const [search, setSearch] = useState(initial);
    const change = (text: string, step: string) => {
      searched.push(text);
      steps.push(step);
      setSearch(text);
    };
    return (
      <>
        <SearchBox search={search} onSearch={change} />
        <button type="button" onClick={() => setSearch('came back')}>
          Back
        </button>
      </>
    );
  }
  renderPage(<Page />);
  return { searched, steps, box: screen.getByRole('combobox', { name: 'Search tasks' }) };
}

const suggest = (from: number, ...texts: string[]) =>
  answerApi({
    'GET /api/tasks/suggest': ({ path }) => ({
      body: {
        from,
        to: new URL(path, 'http://x').searchParams.get('q')?.length ?? 0,
        suggestions: texts.map((text) => ({ text, detail: 'a field' })),
      },
    }),
  });

/** At once, however slow the machine is: nothing rests on the way. */
async function write(box: HTMLElement, text: string) {
  await userEvent.click(box);
  await userEvent.paste(text);
}

it('searches on Enter', async () => {
  suggest(0);
  const { searched, box } = show();
  await write(box, ' payload.user.id:42 ');
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(searched).toEqual(['payload.user.id:42']));
  expect(box).toHaveValue(' payload.user.id:42 ');
});

it('searches while one writes, and leaves one step in the history for it', async () => {
  suggest(0);
  const { searched, steps, box } = show('before');
  await write(box, ' and');
  await waitFor(() => expect(searched).toEqual(['before and']));
  await write(box, ' more ');
  await waitFor(() => expect(searched).toEqual(['before and', 'before and more']));
  expect(box).toHaveValue('before and more ');
  await userEvent.keyboard('{Enter}');
  await write(box, 'still');
  await waitFor(() => expect(searched).toHaveLength(3));
  expect(steps).toEqual(['push', 'replace', 'push']);
});

it('says what is wrong once it has stood for a while, and searches for nothing', async () => {
  suggest(0);
  const { searched, box } = show();
  await write(box, 'payload.x:');
  expect(await screen.findByRole('alert', {}, { timeout: 10_000 })).toHaveTextContent('What to look for is missing');
  expect(searched).toEqual([]);
});

it('says nothing is wrong while it offers what may follow', async () => {
  suggest(0, 'state:failed');
  const { box } = show();
  await write(box, 'state:');
  await screen.findByRole('option', { name: /state:failed/ });
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  await userEvent.keyboard('{ArrowDown}');
  await screen.findByRole('option', { name: /state:failed/ });
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('marks the place of a mistake and searches for nothing', async () => {
  suggest(0);
  const { searched, box } = show();
  await write(box, 'refund state:nonsense');
  await userEvent.keyboard('{Enter}');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('There is no state “nonsense”');
  expect(within(alert).getByText('state:nonsense', { selector: 'mark' })).toBeInTheDocument();
  expect(box).toBeInvalid();
  expect(searched).toEqual([]);
  await userEvent.type(box, '{Backspace}');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('puts in what is chosen by keyboard, in its place', async () => {
  suggest(5, 'payload.user.id:', 'payload.user.name:');
  const { box } = show();
  await userEvent.type(box, 'word payl');
  await screen.findByRole('option', { name: /payload.user.name/ });
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(box).toHaveAttribute('aria-activedescendant', expect.stringMatching(/-1$/));
  await userEvent.keyboard('{Enter}');
  expect(box).toHaveValue('word payload.user.name:');
});

it('puts in what is chosen by pointer', async () => {
  suggest(0, 'state:');
  const { box } = show();
  await userEvent.type(box, 'st');
  await userEvent.click(await screen.findByRole('option', { name: /state:/ }));
  expect(box).toHaveValue('state:');
  expect(box).toHaveFocus();
});

it('follows the address', async () => {
  const { box } = show('before');
  expect(box).toHaveValue('before');
  await userEvent.click(screen.getByRole('button', { name: 'Back' }));
  expect(box).toHaveValue('came back');
});

it('is cleared with one click', async () => {
  suggest(0);
  const { searched, box } = show('before');
  await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
  expect(searched).toEqual(['']);
  expect(box).toHaveValue('');
});

it('searches also where no suggestion could be had', async () => {
  answerApi({ 'GET /api/tasks/suggest': { status: 500, body: {} } });
  const { searched, box } = show();
  await write(box, 'word');
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(searched).toEqual(['word']));
});
