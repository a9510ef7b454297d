import { TokenSource } from './token.ts';

const answer = (token: string, expiresAt: number) => Promise.resolve({ token, expiresAt });

it('keeps a token until a minute before it expires', async () => {
  const fetch = jest.fn().mockReturnValueOnce(answer('one', 3_600)).mockReturnValueOnce(answer('two', 7_200));
  const source = new TokenSource(fetch);
  await source.get(0);
  expect(await source.get(3_539_000)).toBe('one');
  expect(await source.get(3_541_000)).toBe('two');
});

it('fetches once for calls that come together', async () => {
  const fetch = jest.fn().mockReturnValue(answer('one', 3_600));
  const source = new TokenSource(fetch);
  await Promise.all([source.get(0), source.get(0)]);
  expect(fetch).toHaveBeenCalledTimes(1);
});

it('fetches anew once told to forget', async () => {
  const fetch = jest.fn().mockReturnValueOnce(answer('one', 3_600)).mockReturnValueOnce(answer('two', 3_600));
  const source = new TokenSource(fetch);
  await source.get(0);
  source.forget();
  expect(await source.get(0)).toBe('two');
});

it('tries again after a fetch that failed', async () => {
  const fetch = jest.fn().mockRejectedValueOnce(new Error('down')).mockReturnValueOnce(answer('one', 3_600));
  const source = new TokenSource(fetch);
  await expect(source.get(0)).rejects.toThrow('down');
  expect(await source.get(0)).toBe('one');
});
