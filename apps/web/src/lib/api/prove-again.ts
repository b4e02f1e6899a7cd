import { ApiError } from '@loopstart/contracts';

type Ask = () => Promise<boolean>;
let ask: Ask | null = null;

/** The dialog that asks, while the console is shown. Returns what takes it back. */
export function onProofNeeded(dialog: Ask): () => void {
  ask = dialog;
  return () => {
    if (ask === dialog) ask = null;
  };
}

/** Runs a call; where the API wants another proof of who the person is, asks for it and repeats the call once. */
export async function withProof<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const isNeeded = error instanceof ApiError && error.problem.code === 'proof-needed';
    if (!isNeeded || ask === null || !(await ask())) throw error;
    return run();
  }
}
