import type { Operation } from '../operation.ts';
import type { Passed } from '../vault/owner-keys.ts';

/** Begins the next epoch of root keys when it is due, and ends the one before. Returns how many things were done. */
export function advanceEpochs(op: Operation, passed?: Passed): Promise<number> {
  return op.vault.epochs.advance(
    op,
    {
      isRehearsed: (epoch) => isEpochRehearsed(op, epoch),
      isCopied: (epoch) => isRootCopied(op, epoch),
    },
    passed,
  );
}

/**
 * Has a backup of the keys store that needs no root older than this epoch's been restored in rehearsal, and was it
 * found whole and clean? Then older roots are needed by nothing that is worth restoring.
 */
export async function isEpochRehearsed(op: Operation, epoch: number): Promise<boolean> {
  const found = await op.db
    .selectFrom('routines.rehearsal')
    .select('rehearsal_id')
    .where('outcome', '=', 'clean')
    .where('epoch', '>=', epoch)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Does an archive of the keyring that was not removed yet hold the root key of this epoch? */
export async function isRootCopied(op: Operation, epoch: number): Promise<boolean> {
  const found = await op.db
    .selectFrom('routines.backup')
    .select('backup_id')
    .where('store', '=', 'keyring')
    .where('epoch', '<=', epoch)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
