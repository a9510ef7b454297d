// Real Postgres and Redis on a busy machine: a test fails by what it waited for, not by Jest's five seconds.
jest.setTimeout(60_000);
