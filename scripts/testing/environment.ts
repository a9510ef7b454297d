/**
 * What the integration tests' stack says about itself, by environment variables, as Jest's workers are processes of
 * their own. Written by global-setup.ts.
 */
export type TestStack = {
  /** Superuser, database `postgres`. */
  adminUrl: string;
  /** The application's role, `postgres`. */
  ownerPassword: string;
  jwtSecret: string;
  redisUrl: string;
};

const names = {
  adminUrl: 'TEST_DATABASE_ADMIN_URL',
  ownerPassword: 'TEST_DATABASE_OWNER_PASSWORD',
  jwtSecret: 'TEST_JWT_SECRET',
  redisUrl: 'TEST_REDIS_URL',
} as const satisfies Record<keyof TestStack, string>;

/** Makes the stack known to this process and to those it starts. */
export function announceStack(stack: TestStack): void {
  process.env[names.adminUrl] = stack.adminUrl;
  process.env[names.ownerPassword] = stack.ownerPassword;
  process.env[names.jwtSecret] = stack.jwtSecret;
  process.env[names.redisUrl] = stack.redisUrl;
}

/**
 * The stack that global-setup.ts started.
 * @throws Error outside the Jest project `integration`
 */
export function testStack(): TestStack {
  return {
    adminUrl: required(names.adminUrl),
    ownerPassword: required(names.ownerPassword),
    jwtSecret: required(names.jwtSecret),
    redisUrl: required(names.redisUrl),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(
      `${name} is not set: integration tests are named *.integration.test.ts and run by "npm run test:integration"`,
    );
  return value;
}
