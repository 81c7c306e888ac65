import { availableParallelism } from 'node:os';
import { verify } from '@node-rs/argon2';
import { hashPassword } from '../src/accounts/passwords.ts';
import { signIn as signInCustomer } from '../src/accounts/sign-in.ts';
import type { Benchmark } from './benchmark.ts';
import { newCustomer } from './customers.ts';
import type { BenchCustomer } from './customers.ts';
import { clock, openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedRates, interleave, timeOf } from './rounds.ts';

const customers = 32;
const rounds = 40;
/** Attempts for one address are counted by the quarter of an hour; each round is in the next one. */
const minutesBetweenRounds = 15;
const callers = 4 * availableParallelism();
const password = 'en lång och trygg lösenfras';

/**
 * Whole sign-ins by password (attempt counted, address looked up, hash opened, session begun, all durable) against
 * nothing but the verification of the hash, with as many callers at once.
 */
export const signIn: Benchmark = {
  name: 'sign-in',
  about: 'sign-ins by password against bare argon2id verification',
  target: 0.9,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const hash = await hashPassword(password);
    const people: BenchCustomer[] = [];
    for (let count = 0; count < customers; count += 1) {
      people.push(await newCustomer(installation, hash));
    }
    progress(`${customers} customers, ${callers} at once`);
    const start = clock();
    const figures = await interleave(
      rounds,
      {
        ours: (round) => {
          const now = start.add({ minutes: round * minutesBetweenRounds });
          return rateOf(people, (customer) => signInAt(installation, customer, now));
        },
        baseline: () => rateOf(people, () => verify(hash, password)),
      },
      progress,
    );
    return comparedRates(figures, 'sign-ins a second');
  },
};

async function signInAt(
  installation: BenchInstallation,
  { email }: BenchCustomer,
  now: Temporal.Instant,
): Promise<boolean> {
  const op = installation.op({ party: 'nobody' }, 'sign-in', now);
  return (await signInCustomer(op, { email, password, device: 'Firefox, Linux' })) !== null;
}

/** How many a second, with `callers` of them at work until everybody had a turn. */
async function rateOf(
  people: readonly BenchCustomer[],
  work: (customer: BenchCustomer) => Promise<boolean>,
): Promise<number> {
  const waiting = [...people];
  const caller = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (!(await work(next))) throw new Error('a right password was refused');
    }
  };
  const ms = await timeOf(() => Promise.all(Array.from({ length: callers }, caller)));
  return (people.length * 1_000) / ms;
}
