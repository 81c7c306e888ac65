import { z } from 'zod';

/** Keys for an object store; the secrets stand in files. */
export type S3Access = {
  /** Null for Amazon's own. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyFile: string;
  readonly secretKeyFile: string;
};

export type BackupConfig = {
  /** A folder, or `s3://bucket/prefix`. */
  readonly to: string;
  /** An age recipient for each archive; null in the sandbox, which makes identities of its own. */
  readonly recipients: Readonly<Record<'records' | 'keys' | 'keyring', string>> | null;
  readonly s3: S3Access | null;
  readonly recordsDays: number;
  /** How long archives of keys and keyring live: no longer than an epoch. The horizon of erasures counts on it. */
  readonly keysDays: number;
  /** With which the server rehearses by itself; none where the identities are kept away from it. */
  readonly rehearsalIdentityFiles: readonly string[];
};

const recordsDaysDefault = 30;
const keysDaysDefault = 7;
const text = z.string().min(1).max(500);

/** The part `backup` of a production configuration. */
export const backupShape = z.strictObject({
  to: text,
  recipients: z
    .strictObject({ records: text, keys: text, keyring: text })
    .refine((all) => new Set(Object.values(all)).size === 3, {
      error: 'must be three different recipients: who can open two archives could undo erasures',
    }),
  s3: z
    .strictObject({
      endpoint: z.url({ protocol: /^https?$/ }).optional(),
      region: text,
      accessKeyFile: text,
      secretKeyFile: text,
    })
    .optional(),
  keep: z
    .strictObject({
      recordsDays: z.int().min(1).max(400).optional(),
      keysDays: z.int().min(1).max(31).optional(),
    })
    .optional(),
  rehearsal: z.strictObject({ identityFiles: z.array(text).min(1).max(3) }).optional(),
});

/** A sandbox backs up beside its own data, for trying out. */
export const sandboxBackup: BackupConfig = {
  to: 'backups',
  recipients: null,
  s3: null,
  recordsDays: recordsDaysDefault,
  keysDays: keysDaysDefault,
  rehearsalIdentityFiles: [],
};

/** @param at makes a path of the file absolute. */
export function backupPart(
  backup: z.infer<typeof backupShape>,
  at: (name: string) => string,
): BackupConfig {
  const { s3, keep, rehearsal } = backup;
  return {
    to: backup.to.startsWith('s3://') ? backup.to : at(backup.to),
    recipients: backup.recipients,
    s3: s3
      ? {
          endpoint: s3.endpoint ?? null,
          region: s3.region,
          accessKeyFile: at(s3.accessKeyFile),
          secretKeyFile: at(s3.secretKeyFile),
        }
      : null,
    recordsDays: keep?.recordsDays ?? recordsDaysDefault,
    keysDays: keep?.keysDays ?? keysDaysDefault,
    rehearsalIdentityFiles: rehearsal?.identityFiles.map(at) ?? [],
  };
}
