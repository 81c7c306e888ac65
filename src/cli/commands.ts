import type { Terminal } from './terminal.ts';

export type Command = {
  /** One or two words: `prove`, `receipt verify`. */
  readonly name: string;
  /** What comes behind the name: `FILE [--json]`. */
  readonly usage: string;
  /** One sentence for the list. */
  readonly summary: string;
  /** More, for `help COMMAND`: what it reads, what it changes, what the exit codes mean. */
  readonly details?: string;
  /** @returns the exit code. Loads what it needs itself, so that a command touches nothing it does not use. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
};

/** Every command. Alphabetical. */
export const commands: readonly Command[] = [
  {
    name: 'attack',
    usage: 'BACKUP… [--identity FILE] [--names FILE] [--emails FILE] [--json]',
    summary: 'Tries what somebody could learn who had a backup.',
    details: `BACKUP is an archive of "backup" (with the identity that opens it), a plain SQL dump, compressed or not, a data folder
of PostgreSQL, or any file or folder. Looks for people by shape (addresses, numbers, hashes of passwords) in 17
encodings, for names and addresses of lists, one a line, and tries the addresses against every hash. Looks at ciphertext
that comes again or is none. Needs no installation and changes nothing; prints counts, never a value.
Exit code 1 when anything about any person was learned. See docs/attack.md.`,
    run: async (args, terminal) => (await import('./attack.ts')).attack(args, terminal),
  },
  {
    name: 'backup',
    usage: '[--to FOLDER | --to s3://BUCKET/PREFIX] [--json]',
    summary: 'Writes sealed archives of records, keys and keyring.',
    details: `The server can run meanwhile. Three archives, each sealed (age) for another recipient, go to the place that the
configuration names, or to the one given. Archives that are past their time are removed from it. Progress goes to
stderr. What was cut off does not look whole and is cleared away by the next backup. See docs/operations.md.`,
    run: async (args, terminal) => (await import('./backup.ts')).backup(args, terminal),
  },
  {
    name: 'books recover',
    usage: '--identity FILE… --to FOLDER [--year YEAR] [--from ARCHIVE] [--json]',
    summary: 'Opens the archive of the books with the recovery identity, when the keys are lost.',
    details: `Needs the records store and the identity of books.recoveryRecipient, and nothing else: no keys store, no keyring.
For each voucher writes the receipt as it was kept (JSON) and as a PDF, and for each year vouchers.jsonl with all rows.
YEAR is a year's name, such as 2026 or 2026_2027. With --from the records are those of an archive of "backup" (give its
identity too), restored on a scratch cluster that is gone afterwards. Nobody asks for a reason: write down yourself who
did this and why. Exit code 1 when a year could not be opened.`,
    run: async (args, terminal) => (await import('./books.ts')).recover(args, terminal),
  },
  {
    name: 'epochs',
    usage: '[--json]',
    summary: 'Shows the epochs of root keys, and what each is waiting for.',
    details: `For each epoch: when it began, how many keys are wrapped in it, when its partition was dropped and when its root
key was destroyed. An old root is kept until a backup of the newer epoch was restored in rehearsal and its own copies are
gone. Only looks.`,
    run: async (args, terminal) => (await import('./epochs.ts')).epochs(args, terminal),
  },
  {
    name: 'help',
    usage: '[COMMAND]',
    summary: 'Says what there is, or how one command is used.',
    run: async (args, terminal) => (await import('./help.ts')).help(args, terminal),
  },
  {
    name: 'passwords filter',
    usage: 'FILE [--plain] [--rate RATE]',
    summary: 'Builds the filter of leaked passwords from a list that you have downloaded.',
    details: `Reads a file with one leaked password a line, as SHA-1 in hexadecimal and a count (HASH:COUNT, as the lists
of Have I Been Pwned), or with --plain the password itself. Writes passwords/breached.filter in the data folder;
a running server uses it for the next password that somebody chooses. No store is read, nothing is sent anywhere.
RATE is how often a password that did not leak is refused: 0.001 if nothing is said. A list of 2 000 million makes
a file of some 3.7 GB then, and 2.5 GB with 0.01. At most 300 MB of memory are used; a list that is not sorted by
hash is read several times. Written aside and put in its place whole; start again after an interruption.`,
    run: async (args, terminal) => (await import('./passwords.ts')).filter(args, terminal),
  },
  {
    name: 'prove',
    usage: '[--json]',
    summary: 'Checks every promise of the notice against the running system.',
    details: `Looks at the stores and the pages of a running server, or starts the stores for itself when none runs.
Results are kept and shown on the notice page. With --json one line is printed:
{ "promises": [ { "id", "status": "kept" | "broken" | "not yet checked", "looked_at", "found" } ] }
Exit code 1 when a promise is broken. Finds are named by table and row, never by what stands there.`,
    run: async (args, terminal) => (await import('./prove.ts')).prove(args, terminal),
  },
  {
    name: 'receipt verify',
    usage: 'FILE [--key FILE]',
    summary: 'Checks an erasure receipt, offline.',
    details: `Needs nothing but the file: no server, no database, no network. Checks that the text is the one that was
signed for, that the key was destroyed before, and that both stand in the signed log.
With --key the signer must be the one in that file, as the company publishes it.
Exit code 1 when the receipt is not genuine.`,
    run: async (args, terminal) => (await import('./receipt.ts')).verify(args, terminal),
  },
  {
    name: 'rehearse',
    usage: '[--from PLACE…] [--identity FILE…] [--json]',
    summary: 'Restores the newest archives on trial and looks for the erased.',
    details: `Restores on scratch clusters that are gone afterwards, erases again whom the ledger names, and looks for them in every
table, key and index; tries whether a sample of each table opens. The result is kept. Without --identity those that
the configuration names are used. Exit code 1 when something was found, or nothing could be restored.`,
    run: async (args, terminal) => (await import('./rehearse.ts')).rehearse(args, terminal),
  },
  {
    name: 'restore',
    usage: '--from PLACE… --identity FILE… [--replace]',
    summary: 'Puts an installation back from its archives.',
    details: `PLACE is a folder or s3://BUCKET/PREFIX, of which the newest archive of each store is taken, or one archive by name.
--identity names the file of each age identity. Everything is verified before anything is touched; what was cut off is
run again. The data folder (VARSAM_DATA) has to be empty. With --replace what stands there is moved aside, after you
have typed a word. Afterwards the server does not start before "restore confirm".`,
    run: async (args, terminal) => (await import('./restore.ts')).restore(args, terminal),
  },
  {
    name: 'restore confirm',
    usage: '[--ledger FOLDER]',
    summary: 'Mends stores that went back in time, and lets the server start again.',
    details: `Says which store went back and by how much, what will be done and what is lost, and asks before anything is
changed. Then everybody whom the ledger names as erased is erased again, what customers have stopped is stopped again,
and every session, link and code is void. What was cut off is run again. The server must be stopped.
--ledger puts a newer copy of the folder ledger/ in the place of one that went back; the old one is kept beside it.`,
    run: async (args, terminal) => (await import('./restore-confirm.ts')).confirm(args, terminal),
  },
  {
    name: 'retention',
    usage: '--dry-run [--json]',
    summary: 'Says what will be erased by itself, and when.',
    details: `Counts, by table, what is due now and what will be in the coming 12 weeks and 24 months if nothing happens.
Years of the books are named with the day on which they go. Nothing is opened and nothing removed: the server's routines
do that every quarter of an hour. With --json one line is printed: { "weeks", "months", "accounts", "holdings", "years" }.`,
    run: async (args, terminal) => (await import('./retention.ts')).retention(args, terminal),
  },
  {
    name: 'schema',
    usage: '[records | keys] [--write]',
    summary: 'Shows the database schema that the migrations make.',
    details: `Applies all migrations to two temporary databases and prints what comes out as SQL.
With --write it goes to migrations/records/schema.sql and migrations/keys/schema.sql instead.
No store of an installation is read or changed.`,
    run: async (args, terminal) => (await import('./schema.ts')).schema(args, terminal),
  },
  {
    name: 'staff invite',
    usage: 'EMAIL --name NAME --role ROLE [--another]',
    summary: 'Prints a link with which the first administrator chooses how to sign in.',
    details: `ROLE is support, administrator or bookkeeper. The link is printed once, works for 48 hours and once, and is
stored only as a hash; no letter is sent. The server can run meanwhile. The same address again gets a new link,
and the old one leads nowhere. With an administrator in place this is refused: invitations are made on the staff
pages then. --another makes a link all the same, for when no administrator can sign in any more.`,
    run: async (args, terminal) => (await import('./staff.ts')).invite(args, terminal),
  },
  {
    name: 'staff list',
    usage: '[--names] [--json]',
    summary: 'Counts who works here, by role.',
    details: `Names and addresses are shown only with --names; each member of staff then sees that they were looked at.`,
    run: async (args, terminal) => (await import('./staff.ts')).list(args, terminal),
  },
  {
    name: 'version',
    usage: '',
    summary: 'Prints the version of Varsam.',
    run: async (_args, terminal) => {
      terminal.out((await import('../project.ts')).version());
      return 0;
    },
  },
];
