import { readFileSync, statSync } from 'node:fs';
import { isPdf, receiptInPdf } from '../ledger/receipt-in-pdf.ts';
import { verifyReceipt } from '../ledger/verify-receipt.ts';
import { UsageError } from './arguments.ts';
import type { Terminal } from './terminal.ts';

const receiptSizeMax = 1_000_000;

/** Verifies a receipt, as JSON or in its PDF, with nothing but the file: no server, no store, no network. */
export function verify(args: readonly string[], terminal: Terminal): number {
  const { file, key } = readArguments(args, terminal);
  const verdict = verifyReceipt(readReceiptFile(file), key);
  if (!verdict.genuine) {
    terminal.note(`Not genuine: ${verdict.reason}.`);
    return 1;
  }
  terminal.out('The receipt is genuine.');
  if (verdict.sandbox) terminal.out('It comes from a SANDBOX: a demonstration, not a company.');
  terminal.out(`Key destroyed:  ${verdict.fencedAt}`);
  terminal.out(`Stated:         ${verdict.statedAt}`);
  terminal.out(`Signed by:      ${verdict.verifierKey}`);
  if (key === null)
    terminal.out(
      'Compare the signer with the key that the company publishes, or give it with --key.',
    );
  return 0;
}

function readArguments(
  args: readonly string[],
  terminal: Terminal,
): { file: string; key: string | null } {
  const [file, option, keyFile, ...rest] = args;
  if (file === undefined || file.startsWith('--')) throw new UsageError('Which file?');
  const receipt = terminal.resolve(file);
  if (option === undefined) return { file: receipt, key: null };
  if (option !== '--key' || keyFile === undefined || rest.length > 0) {
    throw new UsageError('Only --key FILE can follow the receipt.');
  }
  return { file: receipt, key: readText(terminal.resolve(keyFile)) };
}

function readReceiptFile(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > receiptSizeMax) throw new UsageError(`${file} is too large to be a receipt.`);
  const bytes = readBytes(file);
  return isPdf(bytes) ? (receiptInPdf(bytes) ?? '') : bytes.toString('utf8');
}

function readText(file: string): string {
  return readBytes(file).toString('utf8');
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
