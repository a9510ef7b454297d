import { summary } from '../testing/factories.ts';
import { ChangeJournal } from './journal.ts';

it('gives back what arrived since a fetch began', () => {
  const journal = new ChangeJournal();
  const [before, after] = [summary(), summary()];
  journal.record([before], 100);
  journal.record([after], 200);
  expect(journal.since(150)).toEqual([after]);
});

it('keeps the newest version of a row, whatever the order of arrival', () => {
  const journal = new ChangeJournal();
  const task = summary({ version: 3 });
  journal.record([task], 100);
  journal.record([{ ...task, version: 2 }], 101);
  expect(journal.since(0)).toEqual([task]);
});

it('answers a late message with what came before it', () => {
  const journal = new ChangeJournal();
  const task = summary({ version: 3 });
  journal.record([task], 100);
  expect(journal.record([{ ...task, version: 2 }], 101)).toEqual([task]);
});

it('doubts for a while what is told of a definition after changes of it were left out', () => {
  const journal = new ChangeJournal();
  const task = summary({ definition: 'busy' });
  expect(journal.isDoubtful(task, 100)).toBe(false);
  journal.recordUntold(['busy'], 100);
  expect(journal.isDoubtful(task, 1_000)).toBe(true);
  expect(journal.isDoubtful(summary({ definition: 'other' }), 1_000)).toBe(false);
  expect(journal.isDoubtful(task, 10_000)).toBe(false);
});

it('forgets what is older than any fetch', () => {
  const journal = new ChangeJournal();
  journal.record([summary()], 0);
  const fresh = summary();
  journal.record([fresh], 60_000);
  expect(journal.since(0)).toEqual([fresh]);
});
