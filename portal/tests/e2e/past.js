// What only time or a mail brings about, written into the database beside the running hub, which has no clock to set.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SQLITE = 'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1], timeout=20) as db: db.execute(sys.argv[2])';

/** Runs a statement on the hub's database. `days(n)` in it gives so many days as the engine counts time. */
function write(site, statement) {
  const url = site.hub.settings.INNESTO_DATABASE_URL;
  const timed = statement.replace(/days\((\d+)\)/g, (_, days) => (url ? `interval '${days} days'` : String(days * 86_400_000_000)));
  if (url) execFileSync('psql', [url, '-v', 'ON_ERROR_STOP=1', '-qc', timed]);
  else execFileSync('python3', ['-c', SQLITE, join(site.hub.folder, 'innesto.db'), timed]);
}

/** The request stands where it does for so many days longer already. */
export function age(site, { number }, days) {
  write(site, `UPDATE replication_request SET state_since = state_since - days(${days}), awaiting_since = awaiting_since - days(${days}) WHERE number = '${number}'`);
}

/** Nobody answered in time. */
export function expire(site, { number }) {
  write(site, `INSERT INTO request_event (request, version, step, from_state, to_state, party, at, data)
    SELECT id, version + 1, 'expire', state, 'EXPIRED', 'SYSTEM', updated_at, '{}' FROM replication_request WHERE number = '${number}'`);
  write(site, `DELETE FROM request_deadline WHERE request = (SELECT id FROM replication_request WHERE number = '${number}')`);
  write(site, `UPDATE replication_request SET state = 'EXPIRED', awaiting = 'NOBODY', version = version + 1 WHERE number = '${number}'`);
}

/** The messages with these words came as answers to a letter. */
export function byMail(site, words) {
  write(site, `UPDATE message SET via_email = TRUE WHERE body LIKE '%${words}%'`);
}

/** Of the letters of a kind (`new_message`) the latest. */
const LATEST = (letter) => `id IN (SELECT id FROM outbox WHERE letter = '${letter}' ORDER BY created_at DESC, id DESC LIMIT 1)`;

/** A server sent the latest letter of a kind back. */
export function sendBack(site, letter) {
  write(site, `UPDATE outbox SET state = 'FAILED', bounce = 'NO_MAILBOX', sent_at = NULL, reason = '550 5.1.1 <nobody.here@example.invalid>: User unknown'
    WHERE ${LATEST(letter)}`);
}

/** A server would not take the latest letter of a kind just now: it is tried again tomorrow. */
export function putOff(site, letter) {
  write(site, `UPDATE outbox SET state = 'QUEUED', attempts = 2, sent_at = NULL, due_at = due_at + days(1), reason = '451 4.7.1 Greylisted' WHERE ${LATEST(letter)}`);
}

/** Letters to this address came back: it is not written to any more. */
export function suspend(site, address, cause = 'NO_MAILBOX') {
  write(site, `INSERT INTO suppressed_address (id, address, cause, said, mail, failures, last_at, since)
    SELECT id, '${address}', '${cause}', '550 5.1.1 User unknown', id, 3, created_at, created_at
    FROM outbox WHERE id NOT IN (SELECT id FROM suppressed_address) LIMIT 1`);
}

/** The same address is written to again, by somebody else. */
export function resume(site, address) {
  write(site, `DELETE FROM suppressed_address WHERE address = '${address}'`);
}

/** Nobody of the territory, which has no address, could be reached. */
export function outOfReach(site, slug) {
  write(site, `INSERT INTO unreachable_territory (territory, since)
    SELECT t.id, o.created_at FROM territory t, (SELECT created_at FROM outbox LIMIT 1) o WHERE t.slug = '${slug}'`);
}
