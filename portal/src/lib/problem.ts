/** What can go wrong between the portal and the hub, as far as a person acts on it differently. */

/** Why nothing came. */
export type Reason =
  /** The hub was not reached, or did not answer in time. */
  | 'unreachable'
  /** Nobody is signed in any more. */
  | 'signed-out'
  /** Asked for too often: wait. */
  | 'too-many'
  /** The hub refused the question or failed. */
  | 'failed';

export class Problem extends Error {
  constructor(
    readonly reason: Reason,
    message: string,
    /** The hub's number for it, to tell to whoever runs the hub. */
    readonly requestId?: string,
    /** Seconds to wait. */
    readonly wait?: number,
  ) {
    super(message);
    this.name = 'Problem';
  }
}

/** Whatever was thrown, as a problem. */
export const asProblem = (thrown: unknown): Problem =>
  thrown instanceof Problem ? thrown : new Problem('failed', thrown instanceof Error ? thrown.message : String(thrown));
