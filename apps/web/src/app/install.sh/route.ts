import { forward } from '../../lib/upstream/forward.ts';

export const dynamic = 'force-dynamic';

/** The script behind the one-line install command. */
export { forward as GET };
