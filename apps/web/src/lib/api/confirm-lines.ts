import { ApiError } from '@loopstart/contracts';

/** How many lines an act reaches, and how many of them are life-safety lines. */
export interface Touched {
  lines: number;
  lifeSafetyLines: number;
}

type Ask = (touched: Touched) => Promise<boolean>;
let ask: Ask | null = null;

/** The dialog that asks, while the console is shown. Returns what takes it back. */
export function onLinesToConfirm(dialog: Ask): () => void {
  ask = dialog;
  return () => {
    if (ask === dialog) ask = null;
  };
}

/**
 * Runs a call; where the API wants the number of lines confirmed, asks the person with the API's present figures and repeats the
 * call with them. Lines can come and go meanwhile: then it asks again.
 */
export async function withConfirmedLines<T>(run: (confirm: Touched | null) => Promise<T>): Promise<T> {
  for (let confirm: Touched | null = null; ;) {
    try {
      return await run(confirm);
    } catch (error) {
      const touched =
        error instanceof ApiError && error.problem.code === 'confirm-lines' ? error.problem.touched : undefined;
      if (touched === undefined || ask === null || !(await ask(touched))) throw error;
      confirm = touched;
    }
  }
}
