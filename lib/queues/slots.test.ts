import { createSlots, type Slots } from './slots.ts';

/** The answers to those who ask, in the order in which they come. */
function ask(slots: Slots, count: number): boolean[] {
  const answers: boolean[] = [];
  for (let asked = 0; asked < count; asked += 1) void slots.enter().then((admitted) => answers.push(admitted));
  return answers;
}

test('a slot that is left goes to the one who has waited longest', async () => {
  const slots = createSlots(1);
  const [first, second] = [ask(slots, 1), ask(slots, 1)];
  await Promise.resolve();
  expect([first, second]).toEqual([[true], []]);
  slots.leave();
  await Promise.resolve();
  expect(second).toEqual([true]);
});

test('more slots are used at once, fewer when those who have them leave', async () => {
  const slots = createSlots(1);
  const answers = ask(slots, 5);
  slots.resize(3);
  await Promise.resolve();
  expect(answers).toHaveLength(3);
  slots.resize(1);
  slots.leave();
  slots.leave();
  await Promise.resolve();
  expect(answers).toHaveLength(3);
  slots.leave();
  await Promise.resolve();
  expect(answers).toHaveLength(4);
});

test('who is turned away takes no slot', async () => {
  const slots = createSlots(1);
  const answers = ask(slots, 3);
  slots.turnAway(0);
  await Promise.resolve();
  expect(answers).toEqual([true, false, false]);
  slots.leave();
  expect(await slots.enter()).toBe(true);
});

test('who has not waited that long stays', async () => {
  const slots = createSlots(1);
  const answers = ask(slots, 2);
  slots.turnAway(60_000);
  slots.leave();
  await Promise.resolve();
  expect(answers).toEqual([true, true]);
});

test('the pace is asked for once', async () => {
  const slots = createSlots(2);
  ask(slots, 5);
  expect(slots.takeEntered()).toBe(2);
  expect(slots.takeEntered()).toBe(0);
});
