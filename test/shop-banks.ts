// Banks for tests: a truth that the test sets, behind the same interface as the real ones.
import type { Banks } from '../src/history/payments/banks.ts';
import type {
  Asked,
  BankWay,
  Created,
  PaymentWish,
  RefundAsked,
  Refunded,
  RefundWish,
} from '../src/history/payments/way.ts';

/** A bank whose answers the test decides, and that counts what it was asked. */
export type TestBank = BankWay & {
  readonly payments: Map<string, PaymentWish>;
  readonly refunds: Map<string, RefundWish>;
  /** What `ask` and `cancel` answer for a payment; open unless said. */
  answer(paymentId: string, asked: Asked): void;
  onCreate: (wish: PaymentWish) => Created;
  onRefund: (wish: RefundWish) => Refunded;
  onAskRefund: () => RefundAsked;
};

export function testBank(way: 'swish' | 'card'): TestBank {
  const answers = new Map<string, Asked>();
  const open: Asked = { state: 'open', paidOre: null, settlement: null, code: null };
  const bank: TestBank = {
    way,
    payments: new Map(),
    refunds: new Map(),
    answer: (paymentId, asked) => void answers.set(paymentId, asked),
    onCreate: ({ paymentId }) => ({
      outcome: 'open',
      reference: `ref-${paymentId}`,
      handover: { kind: 'redirect', url: `https://bank.example.com/${paymentId}` },
    }),
    onRefund: ({ refundId }) => ({ outcome: 'sent', reference: `back-${refundId}` }),
    onAskRefund: () => ({ state: 'done', code: null }),
    create: (wish) => {
      bank.payments.set(wish.paymentId, wish);
      return Promise.resolve(bank.onCreate(wish));
    },
    ask: ({ paymentId }) => Promise.resolve(answers.get(paymentId) ?? open),
    cancel: ({ paymentId }) => {
      const known = answers.get(paymentId);
      const cancelled: Asked = { ...open, state: 'cancelled' };
      return Promise.resolve(known ?? cancelled);
    },
    refund: (wish) => {
      bank.refunds.set(wish.refundId, wish);
      return Promise.resolve(bank.onRefund(wish));
    },
    askRefund: () => Promise.resolve(bank.onAskRefund()),
  };
  return bank;
}

export function paid(amountOre: number, settlement: string): Asked {
  return { state: 'paid', paidOre: amountOre, settlement, code: null };
}

export function testBanks(): Banks & { readonly swish: TestBank; readonly card: TestBank } {
  return { swish: testBank('swish'), card: testBank('card') };
}
