import { forward } from '../../../lib/upstream/forward.ts';

export const dynamic = 'force-dynamic';

/** The agent bundle, downloaded by the install script. */
export { forward as GET };
