import { readLaunchConfig } from '#lib/config';
import { hostedSupabase } from './launch.ts';
import { chooseEngine } from './queue-engine.ts';

const launch = (env: Record<string, string>) => readLaunchConfig({ NODE_ENV: 'test', ...env });

describe('hostedSupabase', () => {
  it('is none when the environment names none', () => {
    expect(hostedSupabase(launch({}))).toBeUndefined();
  });

  it('is the one that the environment names in full', () => {
    const env = {
      SUPABASE_URL: 'https://x.supabase.co',
      SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
      SUPABASE_SECRET_KEY: 'sb_secret_x',
      DATABASE_URL: 'postgres://postgres:x@db.x.supabase.co:5432/postgres',
    };
    expect(hostedSupabase(launch(env))).toEqual(env);
  });

  it('names what is missing of a half-named one', () => {
    const read = () => hostedSupabase(launch({ SUPABASE_URL: 'https://x.supabase.co', SUPABASE_PUBLISHABLE_KEY: 'k' }));
    expect(read).toThrow('without SUPABASE_SECRET_KEY, DATABASE_URL');
  });
});

describe('chooseEngine', () => {
  const redis = { file: 'redis-server', version: '7.0.15' };

  it('takes REDIS_URL first, then a Redis on the PATH, then Postgres', () => {
    expect(chooseEngine(launch({ REDIS_URL: 'redis://cache:6379' }), () => redis)).toEqual({
      kind: 'redis-url',
      url: 'redis://cache:6379',
    });
    expect(chooseEngine(launch({}), () => redis)).toEqual({ kind: 'redis-local', program: redis });
    expect(chooseEngine(launch({}), () => undefined)).toMatchObject({
      kind: 'postgres',
      advice: expect.stringContaining('apt-get install redis-server'),
    });
  });

  it('does as QUEUE_ENGINE says, or refuses', () => {
    expect(
      chooseEngine(launch({ QUEUE_ENGINE: 'postgres', REDIS_URL: 'redis://cache:6379' }), () => redis),
    ).toMatchObject({ kind: 'postgres' });
    expect(() => chooseEngine(launch({ QUEUE_ENGINE: 'redis' }), () => undefined)).toThrow(
      'QUEUE_ENGINE is redis, but there is no redis-server',
    );
  });
});
