import { untilConnected } from './until-connected.ts';

const failing = (code: string) => Object.assign(new Error(code), { code });

test('work is done again until Postgres is back, and is told so', async () => {
  const work = jest
    .fn<Promise<string>, [boolean]>()
    .mockRejectedValueOnce(failing('CONNECTION_CLOSED'))
    .mockRejectedValueOnce(failing('57P03'))
    .mockRejectedValueOnce(failing('40P01'))
    .mockResolvedValue('done');
  await expect(untilConnected(work)).resolves.toBe('done');
  expect(work.mock.calls).toEqual([[false], [true], [true], [true]]);
});

test('an outage may be long: the pauses stay short and there is no last try', async () => {
  let failures = 0;
  const away = Date.now() + 2_500;
  await untilConnected(async () => {
    failures += 1;
    if (Date.now() < away) throw failing('ECONNREFUSED');
  });
  expect(failures).toBeGreaterThan(5);
  expect(Date.now() - away).toBeLessThan(1_500);
});

test.each(['23505', '22P05', '54001', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', ''])(
  'what another try does not mend is thrown at once: "%s"',
  async (code) => {
    const work = jest.fn().mockRejectedValue(failing(code));
    await expect(untilConnected(work)).rejects.toMatchObject({ code });
    expect(work).toHaveBeenCalledTimes(1);
  },
);
