import type { Refund } from '../bookkeeping/refunds.ts';
import type { Reversal } from '../history/whole-order.ts';
import type { OwnVisit } from '../http/route.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import { Button, Form, Hidden } from '../pages/forms.tsx';
import { deskText } from '../text/console-desk.ts';
import { money } from '../text/format.ts';
import { orderPath, orderPlaceOf } from './desk-place.ts';
import { isByHand } from './order-standing.ts';
import type { MaskedOrder } from './order-standing.ts';

type Props = { visit: OwnVisit; masked: MaskedOrder; fault: string | null };

/** What somebody here has to do before the customer has the money: look at goods, or hand money over. */
export function Outstanding({ visit, masked, fault }: Props) {
  const words = deskText[visit.language].order;
  const goods = masked.outline.reversals.filter(({ state }) => state === 'awaiting-goods');
  const byHand = [...masked.refunds.values()].filter(isByHand);
  return (
    <>
      <ErrorSummary
        title={words.goodsAgainMissing}
        errors={fault === null ? [] : [{ field: `again-${fault}`, text: words.goodsAgainMissing }]}
      />
      {goods.map((reversal) => (
        <GoodsForm visit={visit} reversal={reversal} isFaulty={fault === reversal.reversalId} />
      ))}
      {byHand.map((refund) => (
        <HandForm visit={visit} refund={refund} />
      ))}
    </>
  );
}

function GoodsForm(props: { visit: OwnVisit; reversal: Reversal; isFaulty: boolean }) {
  const { visit, reversal, isFaulty } = props;
  const words = deskText[visit.language].order;
  const amount = money(reversal.amountOre, visit.language);
  return (
    <section>
      <h2>{words.goodsHeading(amount)}</h2>
      <Form action={`${orderPath(orderPlaceOf(visit))}/goods-back`}>
        <Hidden name="reversal" value={reversal.reversalId} />
        <Choices
          name={`again-${reversal.reversalId}`}
          legend={words.goodsAgain}
          options={[
            { value: 'yes', label: words.goodsAgainYes },
            { value: 'no', label: words.goodsAgainNo },
          ]}
          error={isFaulty ? words.goodsAgainMissing : undefined}
        />
        <Button>{words.goodsBack(amount)}</Button>
      </Form>
    </section>
  );
}

function HandForm({ visit, refund }: { visit: OwnVisit; refund: Refund }) {
  const words = deskText[visit.language].order;
  const amount = money(refund.amountOre, visit.language);
  return (
    <section>
      <h2>{words.handHeading(amount)}</h2>
      <Form action={`${orderPath(orderPlaceOf(visit))}/paid-back`}>
        <Hidden name="refund" value={refund.refundId} />
        <p>{refund.state === 'failed' ? words.handText.failed : words.handText.onSite}</p>
        <Button>{words.handDone(amount)}</Button>
      </Form>
    </section>
  );
}
