import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm test` checks the types of everything; a user's first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Server libraries that load files or native code by path: Node resolves them, the bundler leaves them alone.
  serverExternalPackages: [
    'prom-client',
    '@bull-board/api',
    '@bull-board/ui',
    '@bull-board/hono',
    'bullmq',
    'ioredis',
    'postgres',
    'pg',
    'winston',
    '@supabase/lite',
  ],
  outputFileTracingIncludes: { '/board/**': ['./node_modules/@bull-board/ui/dist/**'] },
};

export default config;
