import { createLocalKeys } from './keys.ts';

test('keys have the shapes of hosted Supabase and differ each time', () => {
  const keys = createLocalKeys();
  expect(keys.publishableKey).toMatch(/^sb_publishable_[\w-]{22}_[\w-]{8}$/);
  expect(keys.secretKey).toMatch(/^sb_secret_[\w-]{22}_[\w-]{8}$/);
  expect(keys.jwtSecret.length).toBeGreaterThanOrEqual(32);
  expect(createLocalKeys()).not.toEqual(keys);
});
