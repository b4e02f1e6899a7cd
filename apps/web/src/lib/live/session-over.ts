import { ApiError, endpoints } from '@loopstart/contracts';
import { call } from '../api/browser.ts';

/** Whether nobody is signed in any more, or somebody else. Where the API cannot be asked, nothing is known to be over. */
export async function isSessionOver(userId: string, operatorId: string): Promise<boolean> {
  try {
    const user = await call(endpoints.getSession);
    return user.id !== userId || user.operator.id !== operatorId;
  } catch (error) {
    return error instanceof ApiError && error.problem.status === 401;
  }
}
