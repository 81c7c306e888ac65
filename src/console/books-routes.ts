import type { Route } from '../http/route.ts';
import { showCorrect, takeCorrect } from './books-correct-page.tsx';
import { showExport, takeExport } from './books-export-page.tsx';
import { showHold, takeHold } from './books-hold-page.tsx';
import { showNewYear, takeNewYear } from './books-new-year-page.tsx';
import { showOpenForm, takeOpen } from './books-open-page.tsx';
import { showOpeningsForm, takeOpenings } from './books-openings-page.tsx';
import { showBooks } from './books-page.tsx';
import { showPrint } from './books-print-page.tsx';
import { showStorage, takeStorage } from './books-storage-page.tsx';
import { booksRoom } from './books-visit.ts';
import { showVoucher } from './books-voucher-page.tsx';
import { showVouchers } from './books-vouchers-page.tsx';
import { showYear } from './books-year-page.tsx';
import { bookkeepersOnly } from './frame.tsx';

const books = { purpose: 'bookkeeping', access: bookkeepersOnly } as const;
const get = { method: 'GET' } as const;
const post = { method: 'POST' } as const;
/** What opens the archive, books, or leaves the house asks anew who is there. */
const confirmed = { confirmed: true } as const;

const year = `${booksRoom}/:year`;
const voucher = `${year}/vouchers/:voucher`;

/** The books, for who keeps them and nobody else. Lists open nothing; what is sealed is opened for a reason. */
export const booksRoutes: readonly Route[] = [
  { ...books, ...get, path: booksRoom, page: showBooks },
  { ...books, ...get, path: `${booksRoom}/new`, page: showNewYear },
  { ...books, ...post, path: `${booksRoom}/new`, page: takeNewYear },
  { ...books, ...get, path: `${booksRoom}/storage`, page: showStorage },
  { ...books, ...post, path: `${booksRoom}/storage`, page: takeStorage },
  { ...books, ...get, path: year, page: showYear },
  { ...books, ...get, path: `${year}/vouchers`, page: showVouchers },
  { ...books, ...get, path: `${year}/print`, page: showPrint },
  { ...books, ...get, ...confirmed, path: `${year}/export`, page: showExport },
  { ...books, ...post, ...confirmed, path: `${year}/export`, page: takeExport },
  { ...books, ...get, path: `${year}/hold`, page: showHold },
  { ...books, ...post, path: `${year}/hold`, page: takeHold },
  { ...books, ...get, ...confirmed, path: `${year}/openings`, page: showOpeningsForm },
  { ...books, ...post, ...confirmed, path: `${year}/openings`, page: takeOpenings },
  { ...books, ...get, path: voucher, page: showVoucher },
  { ...books, ...get, ...confirmed, path: `${voucher}/open`, page: showOpenForm },
  { ...books, ...post, ...confirmed, path: `${voucher}/open`, page: takeOpen },
  { ...books, ...get, ...confirmed, path: `${voucher}/correct`, page: showCorrect },
  { ...books, ...post, ...confirmed, path: `${voucher}/correct`, page: takeCorrect },
];
