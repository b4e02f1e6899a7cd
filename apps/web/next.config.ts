import { join } from 'node:path';
import type { NextConfig } from 'next';

const repository = join(import.meta.dirname, '../..');

/** Nothing here reads the environment: one build serves every installation. */
const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` looks at the types, of the console too: a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ['127.0.0.1'],
  // These the API answers as well; the address of the API itself is read at each request.
  rewrites: async () => [
    { source: '/install.sh', destination: '/api/_/install.sh' },
    { source: '/agent/:path*', destination: '/api/_/agent/:path*' },
    { source: '/oauth/token', destination: '/api/_/oauth/token' },
    { source: '/scim/v2/:path*', destination: '/api/_/scim/v2/:path*' },
    { source: '/mcp', destination: '/api/_/mcp' },
    { source: '/.well-known/:path(oauth-[a-z-]+)', destination: '/api/_/.well-known/:path' },
    {
      source: '/.well-known/oauth-protected-resource/mcp',
      destination: '/api/_/.well-known/oauth-protected-resource/mcp',
    },
  ],
  experimental: {
    // The contracts' entry re-exports the agent protocol and its validator, which no page needs.
    optimizePackageImports: ['@loopstart/contracts', '@loopstart/domain', 'lucide-react'],
    // Pages are shells whose data lives in the query cache: going back to one asks the server nothing.
    staleTimes: { dynamic: 300, static: 300 },
  },
};

export default config;
