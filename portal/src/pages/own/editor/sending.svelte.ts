/** A file on its way to the kit: chosen, being sent, sent or stuck. It stays chosen until it is in the kit. */
import { asProblem, type Problem } from '../../../lib/problem';
import { session } from '../../../lib/session.svelte';
import { upload, type Upload, type Uploaded } from '../../../lib/upload';

export class Sending {
  file = $state.raw<File | undefined>();
  uploaded = $state.raw<Uploaded | undefined>();
  problem = $state.raw<Problem | undefined>();
  isGoing = $state(false);
  /** Bytes sent of all. */
  sent = $state(0);
  #upload: Upload | undefined;

  choose(file: File | undefined): void {
    this.cancel();
    this.file = file;
    this.uploaded = this.problem = undefined;
    this.sent = 0;
  }

  /** Sends it, unless it was sent already; gives its id, or nothing where it was stopped or stuck. */
  async send(practice: string): Promise<string | undefined> {
    if (this.uploaded) return this.uploaded.id;
    if (!this.file) return undefined;
    this.problem = undefined;
    this.sent = 0;
    this.isGoing = true;
    this.#upload = upload(this.file, practice, (sent) => { this.sent = sent; });
    try {
      this.uploaded = await this.#upload.done;
      return this.uploaded?.id;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      if (this.problem.reason === 'signed-out') session.lost();
      return undefined;
    } finally {
      this.isGoing = false;
    }
  }

  cancel(): void {
    this.#upload?.cancel();
  }
}
